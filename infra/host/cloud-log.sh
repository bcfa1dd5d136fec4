#!/bin/bash
# Containers whose lines go to the log group in CloudWatch. Sourced by deploy.sh.
set -euo pipefail

# Starts a container that logs to a stream. Where CloudWatch does not answer, lines wait, and what writes them does not.
run_logged() { # STREAM OPTIONS… IMAGE [COMMAND…]
  local stream=$1
  shift
  docker run --detach --log-driver awslogs --log-opt mode=non-blocking --log-opt "awslogs-region=$PLUMBLINE_REGION" \
    --log-opt "awslogs-group=$PLUMBLINE_LOG_GROUP" --log-opt "awslogs-stream=$stream" "$@" >/dev/null
}

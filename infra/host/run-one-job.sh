#!/bin/bash
# Registers this server as the repository's runner, for one job, and takes that: the unit actions-runner runs it again and
# again, where runner=ephemeral.
#
# The server has no token of GitHub's. It asks a function of the stack, which alone can read the token, and which gives
# what registers one runner once (a just-in-time configuration).
set -euo pipefail
# shellcheck source=infra/host/instance-role.sh
. "$(dirname "$0")/instance-role.sh"

: "${PLUMBLINE_REGION:?}" "${PLUMBLINE_NAME:?}"
lambda=${AWS_ENDPOINT_URL_LAMBDA:-https://lambda.$PLUMBLINE_REGION.amazonaws.com}

credentials=$(role_credentials)
answer=$(curl -sS --fail-with-body --max-time 60 --aws-sigv4 "aws:amz:$PLUMBLINE_REGION:lambda" --config - \
  -X POST "$lambda/2015-03-31/functions/$PLUMBLINE_NAME-runner/invocations" <<<"$credentials") || true
if ! config=$(jq -er .encoded_jit_config <<<"$answer"); then
  echo "No registration was given: $(jq -r '.errorMessage // .Message // .' <<<"$answer" || true). npm run runner:register sets GitHub's token." >&2
  exit 1
fi
# By the environment, not by an argument: every user can read the arguments of a process. The runner hides it from its jobs.
export ACTIONS_RUNNER_INPUT_JITCONFIG=$config
exec ./run.sh

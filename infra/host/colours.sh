#!/bin/bash
# The two colours of the app: blue on port 8081, green on 8082, each a container; what they count is asked for at 9081 and
# 9082. At most one is live, which is the one that Docker starts again after a crash or a boot; the other is idle, on trial or
# being retired. Docker's own records are the only place where that is written. Sourced by deploy.sh, rollback.sh and
# status.sh.
set -euo pipefail

# Caddy asks each colour every half second whether it is ready: by then it has heard any answer twice.
SETTLE_SECONDS=1.2

container() { echo "$PLUMBLINE_NAME-$1"; } # COLOUR

port() { if [ "$1" = blue ]; then echo 8081; else echo 8082; fi; } # COLOUR

# Where its metrics are asked for, on this machine alone: green one higher.
metrics_port() { echo $(($(port "$1") + 1000)); } # COLOUR

other() { if [ "$1" = blue ]; then echo green; else echo blue; fi; } # COLOUR

inspect() { docker container inspect --format "$2" "$(container "$1")" 2>/dev/null; } # COLOUR FORMAT

exists() { inspect "$1" '' >/dev/null; } # COLOUR

running() { [ "$(inspect "$1" '{{.State.Running}}')" = true ]; } # COLOUR

ready() { curl -fs --max-time 2 -o /dev/null "http://127.0.0.1:$(port "$1")/readyz"; } # COLOUR

image_of() { inspect "$1" '{{index .Config.Labels "plumbline.image"}}'; } # COLOUR

# The live colour, or nothing. A deploy that was cut short may have left two that start again, the younger of which has
# passed its trial, or (the very first) one that runs and does not.
live() {
  local colour
  for colour in blue green; do
    inspect "$colour" "{{.HostConfig.RestartPolicy.Name}} {{.State.Running}} {{.Created}} $colour" || true
  done | awk '$1 == "unless-stopped" || $2 == "true"' |
    sort -k 1,1r -k 3,3 | awk 'NR == 1 {policy = $1} $1 == policy {colour = $4} END {print colour}'
}

# A folder, so that the file may be replaced while the app looks at it: who may use the service (docs/operate/access.md).
access=/var/lib/plumbline/access

# Starts an image as a colour, on trial: Docker does not start it again. Caddy asks it through Docker's bridge, from a
# private address. Files that are predicted lie in a volume that both have, so that a batch outlives a deploy. It takes
# cloud-log.sh.
start() { # COLOUR IMAGE
  local digest=${2#*@sha256:} more=()
  if [[ $PLUMBLINE_SITE != :* ]]; then more+=(--env "DOMAIN=$PLUMBLINE_SITE"); fi
  if [ -e "$access/keys.json" ]; then
    more+=(--mount "type=bind,source=$access,target=/access,readonly" --env ACCESS=/access/keys.json)
  fi
  run_logged "app/${digest:0:12}/$1" --name "$(container "$1")" --label "plumbline.image=$2" --restart no \
    --publish "127.0.0.1:$(port "$1"):8080" --env PORT=8080 \
    --publish "127.0.0.1:$(metrics_port "$1"):9090" --env METRICS_HOST=0.0.0.0 --env METRICS_PORT=9090 \
    --env PROXIES=loopback,uniquelocal --env "DRAIN_SECONDS=$DRAIN_SECONDS" "${more[@]}" \
    --mount "type=volume,source=$PLUMBLINE_NAME-batches,target=/batches" \
    --read-only --cap-drop ALL --security-opt no-new-privileges \
    --memory 1g --memory-swap 1g --cpus 1.5 --pids-limit 256 "$2"
}

# By exec: after `docker kill`, with whatever signal, Docker takes a container for stopped on purpose, and would not start it
# after a boot.
tell() { docker exec "$(container "$1")" sh -c "kill -$2 1" 2>/dev/null; } # COLOUR SIGNAL

# Alive, but not ready. It lapses after half a minute unless it is said again, so that nobody's death leaves it there.
stand_by() { tell "$1" USR2; } # COLOUR

call_back() { tell "$1" CONT; } # COLOUR

# Waits until a colour is ready.
await_ready() { # COLOUR SECONDS
  local end=$((SECONDS + $2))
  until ready "$1"; do
    if ((SECONDS >= end)) || ! running "$1"; then return 1; fi
    sleep 0.2
  done
}

# Takes a colour out: away from the traffic first, then its own drain, then the container.
retire() { # COLOUR
  if running "$1"; then
    if ready "$1" && stand_by "$1"; then sleep "$SETTLE_SECONDS"; fi
    docker stop -t 30 "$(container "$1")" >/dev/null
  fi
  docker rm --force "$(container "$1")" >/dev/null
}

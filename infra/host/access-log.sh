#!/bin/bash
# Sends Caddy's access log where the app's log goes. Caddy writes it to a file, since a log that is full or far away must
# not slow a request down; a container follows that file, with the rights of Caddy's user and no others, and no network.
# Sourced by deploy.sh, after cloud-log.sh.
set -euo pipefail

access_log=/var/log/caddy

# Follows the log by the program `tail` of an image, in the place of what followed it before. The lines of the moment in
# between stay in the file only.
follow_access_log() { # IMAGE
  local name=$PLUMBLINE_NAME-access-log
  docker rm --force "$name" >/dev/null 2>&1 || true
  run_logged access --name "$name" --restart unless-stopped --user "$(id -u caddy):$(id -g caddy)" --network none \
    --mount "type=bind,source=$access_log,target=$access_log,readonly" \
    --read-only --cap-drop ALL --security-opt no-new-privileges \
    --memory 32m --memory-swap 32m --cpus 0.2 --pids-limit 8 \
    --entrypoint tail "$1" --lines 0 --follow=name --retry "$access_log/access.log"
}

#!/bin/bash
# Says what runs, since when, and what was deployed before.
#
#   status.sh [--json]
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
# shellcheck source=infra/host/colours.sh
. "$here/colours.sh"
# shellcheck source=infra/host/deploy-log.sh
. "$here/deploy-log.sh"
if [ $# -gt 1 ] || [[ ! ${1:---json} = --json ]]; then
  echo 'usage: status.sh [--json]' >&2
  exit 2
fi
# shellcheck source=/dev/null
. /etc/plumbline/host.env

if ! docker version >/dev/null 2>&1; then
  echo 'Docker does not answer this user: run it with sudo, or see systemctl status docker.' >&2
  exit 1
fi

describe() { # COLOUR
  local is_ready=false
  if ready "$1"; then is_ready=true; fi
  docker container inspect "$(container "$1")" 2>/dev/null | jq --arg colour "$1" --argjson ready "$is_ready" '.[0] | {
    colour: $colour, ready: $ready, running: .State.Running, since: .State.StartedAt[:19] | (. + "Z"),
    restarts: .RestartCount, image: .Config.Labels["plumbline.image"],
    commit: .Config.Labels["org.opencontainers.image.revision"], release: .Config.Labels["plumbline.release"],
    holdout: .Config.Labels["plumbline.holdout"]}'
}

deploying=false
if [ -e /var/lib/plumbline/lock ] && ! flock --nonblock /var/lib/plumbline/lock true; then deploying=true; fi
live=$(live)
served=null left=null
for colour in blue green; do
  # One that a deploy takes out meanwhile is none.
  if ! described=$(describe "$colour"); then continue; fi
  if [ "$colour" = "$live" ]; then served=$described; else left=$described; fi
done
status=$(jq -n --argjson live "$served" --argjson other "$left" \
  --argjson deploying "$deploying" --argjson history "$(log_entries | jq -s 'reverse | .[:20]')" '$ARGS.named')

if [ "${1:-}" = --json ]; then
  echo "$status"
  exit 0
fi
jq -r '
  def short: (. // "") | .[0:12];
  def version: (if .release then "commit \(.commit | short), release \(.release), " else "" end)
    + (.image | sub(".*@sha256:"; "sha256:") | .[0:19]);
  if .live then "live: \(.live.colour), \(if .live.ready then "ready" else "NOT READY" end), since \(.live.since)"
    + (if .live.restarts == 0 then "" elif .live.restarts == 1 then ", started again once" else ", started again \(.live.restarts) times" end) + "\n      \(.live | version)"
  else "live: nothing; wait for the first deploy" end,
  (if .deploying then "a deploy is at work" else empty end),
  (.other | if . then "\(.colour) is there too: \(version)" else empty end),
  (if .deploying or .other == null then empty else "the next deploy tidies that up" end),
  "",
  (.history[] | "\(.time)  \(.action | .[0:8] + " " * (8 - length))  \(.result + " " * (6 - (.result | length)))  \(.seconds) s  \(version)" + (if .reason then "\n    \(.reason)" else "" end))
' <<<"$status"

#!/bin/bash
# Puts an image live, beside the one that serves, without losing a request; or leaves everything as it was.
#
#   deploy.sh REPOSITORY@sha256:DIGEST
#
#   WATCH_SECONDS=20   how long the new version is watched, with the old one standing by
#   READY_SECONDS=60   how long it may take to be ready
#
# A deploy may be killed at any moment: what serves goes on, and the next run mends what it finds. Exit codes: 0 it is live;
# 1 it is not, and the version before it serves; 2 it was called wrongly.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
# shellcheck source=infra/host/colours.sh
. "$here/colours.sh"
# shellcheck source=infra/host/cloud-log.sh
. "$here/cloud-log.sh"
# shellcheck source=infra/host/deploy-log.sh
. "$here/deploy-log.sh"
# shellcheck source=infra/host/traffic.sh
. "$here/traffic.sh"
# shellcheck source=infra/host/access-log.sh
. "$here/access-log.sh"

WATCH_SECONDS=${WATCH_SECONDS:-20}
READY_SECONDS=${READY_SECONDS:-60}
# It has left the traffic by then.
DRAIN_SECONDS=1
# So many images stay on the server, as far as a rollback reaches without a pull.
KEPT_IMAGES=5
LOCK_SECONDS=300
state=/var/lib/plumbline

action=deploy
if [ "${1:-}" = --rollback ]; then
  action=rollback
  shift
fi
image=${1:-}
if [[ ! $image =~ ^[^@[:space:]]+@sha256:[0-9a-f]{64}$ ]] || [ $# != 1 ]; then
  echo 'usage: deploy.sh REPOSITORY@sha256:DIGEST' >&2
  exit 2
fi
if [[ ! $WATCH_SECONDS$READY_SECONDS =~ ^[0-9]+$ ]]; then
  echo "WATCH_SECONDS and READY_SECONDS are whole numbers, not $WATCH_SECONDS and $READY_SECONDS" >&2
  exit 2
fi
if [ ! -r /etc/plumbline/host.env ]; then
  echo 'deploy.sh runs on a server that bootstrap.sh has made: there is no /etc/plumbline/host.env here.' >&2
  exit 2
fi
# What it writes is to belong to one user, whoever runs it.
if [ "$(id -u)" = 0 ]; then exec runuser -u runner -- env HOME=/home/runner "$0" "$@"; fi
# shellcheck source=/dev/null
. /etc/plumbline/host.env

step() { echo "$(date --utc +%T) $1"; }

old=''
new=''
reason=''
# How far it has come, which is what has to be undone: nothing, started, switched, live.
reached=nothing
began=$SECONDS

fail() {
  reason=$1
  exit 1
}

# However it ends: undo what did not go live, and write it down.
finish() {
  local status=$?
  trap - EXIT
  trap '' INT TERM HUP
  set +e
  if [ "$status" = 0 ]; then return; fi
  if [ "$reached" = live ]; then
    echo "$image is live, but not all was tidied up after it; the next deploy does that. ${reason:-See above.}" >&2
    exit $((status > 128 ? status : 0))
  fi
  echo "FAILED: ${reason:=it broke off, with $status}" >&2
  if [ "$reached" = switched ] && [ -n "$old" ]; then go_back; fi
  if [ "$reached" != nothing ] && exists "$new"; then remove_new; fi
  write_down failed
  if [ -n "$old" ]; then echo "$(image_of "$old") is live, as before." >&2; fi
  prune >/dev/null 2>&1
  exit "$status"
}

# The old version takes the traffic again; only then does the new one lose it.
go_back() {
  step "going back to $old"
  call_back "$old"
  await_ready "$old" 5 || { docker restart -t 5 "$(container "$old")" && await_ready "$old" 30; } >/dev/null
  # Until Caddy has heard that too: what finds no colour ready has to wait.
  sleep "$SETTLE_SECONDS"
  stand_by "$new"
  sleep "$SETTLE_SECONDS"
}

remove_new() {
  echo '--- its last lines' >&2
  docker logs --tail 20 "$(container "$new")" >&2
  echo '---' >&2
  docker stop -t 5 "$(container "$new")" >/dev/null
  docker rm --force "$(container "$new")" >/dev/null
}

label() { docker image inspect --format "{{index .Config.Labels \"$1\"}}" "$image" 2>/dev/null || true; }

write_down() { # RESULT
  local entry
  entry=$(jq -cn --arg time "$(date --utc +%FT%TZ)" --arg action "$action" --arg result "$1" --arg image "$image" \
    --arg commit "$(label org.opencontainers.image.revision)" --arg release "$(label plumbline.release)" \
    --arg holdout "$(label plumbline.holdout)" --argjson seconds $((SECONDS - began)) --arg reason "$reason" \
    '$ARGS.named | with_entries(select(.value != ""))')
  append_entry "$entry" || echo "The log could not be written: $entry" >&2
}

# Finds the live colour, and takes out what a run that was killed has left of the other.
mend() {
  old=$(live)
  if [ -z "$old" ]; then
    for new in blue green; do if exists "$new"; then retire "$new"; fi; done
    return
  fi
  local left
  left=$(other "$old")
  if ! exists "$left"; then return; fi
  step "mending: an earlier run left $left behind"
  call_back "$old" || true
  if await_ready "$old" 10; then
    sleep "$SETTLE_SECONDS"
  elif ready "$left"; then
    # Of the two this is the one that serves.
    old=$left left=$(other "$left")
    docker update --restart unless-stopped "$(container "$old")" >/dev/null
  fi
  retire "$left"
}

free_space() { df -h --output=avail "$(docker info --format '{{.DockerRootDir}}')" | tail -n 1 | tr -d ' '; }

await_new() {
  local end=$((SECONDS + READY_SECONDS))
  until ready "$new"; do
    running "$new" || fail "the new version ended, with $(inspect "$new" '{{.State.ExitCode}}'), before it was ready"
    ((SECONDS < end)) || fail "the new version is not ready after $READY_SECONDS s"
    sleep 0.2
  done
}

# Looks at the new version for a while, and fails as soon as it does worse than the old one did; that one stands by, where
# it is named.
watch() { # SECONDS [COLOUR]
  local end=$((SECONDS + $1)) renew=0 misses=0 all bad
  while ((SECONDS < end)); do
    if [ -n "${2:-}" ] && ((SECONDS >= renew)); then
      stand_by "$2" || true
      renew=$((SECONDS + 5))
    fi
    sleep 0.4
    running "$new" || fail "the new version ended, with $(inspect "$new" '{{.State.ExitCode}}')"
    if ready "$new"; then misses=0; else misses=$((misses + 1)); fi
    ((misses < 2)) || fail 'the new version is no longer ready'
    read -r all bad < <(traffic_since "$ready_all" "$ready_bad") || fail 'Caddy does not answer: systemctl status caddy'
    if worse "$all" "$bad" $((ready_all - before_all)) $((ready_bad - before_bad)); then
      fail "of $all requests $bad failed (5xx), where of $((ready_all - before_all)) before it $((ready_bad - before_bad)) did"
    fi
  done
}

# Removes the images of this repository that are too old to go back to.
prune() {
  local kept reference
  kept=$(last_images "$KEPT_IMAGES")
  while read -r reference; do
    if ! grep -qxF "$reference" <<<"$kept"; then docker image rm "$reference" >/dev/null 2>&1 || true; fi
  done < <(docker image ls --digests --format '{{.Repository}}@{{.Digest}}' "${image%@*}")
}

# Commands that outlive a killed run hold the lock too, so the next run waits for their end.
exec 9>"$state/lock"
if ! flock --nonblock 9; then
  echo "Another deploy is at work; waiting for it, for up to $LOCK_SECONDS s." >&2
  flock --wait "$LOCK_SECONDS" 9 || {
    echo "It still is. Look what it does, or end it, then try again: fuser -v $state/lock" >&2
    exit 1
  }
fi
trap finish EXIT
trap 'reason="it was cancelled"; exit 130' INT
trap 'reason="it was cancelled"; exit 143' TERM HUP

mend
new=blue
if [ "$old" = blue ]; then new=green; fi
if [ -n "$old" ] && [ "$(image_of "$old")" = "$image" ] && ready "$old"; then
  echo "$image is live already."
  exit 0
fi
read -r before_all before_bad < <(traffic) || fail 'Caddy does not answer: systemctl status caddy'

step "pulling $image"
if ! docker image inspect "$image" >/dev/null 2>&1; then
  docker pull --quiet "$image" >/dev/null || fail "the image cannot be pulled; $(free_space) are free on the disk"
fi

step "starting it as $new"
reached=started
start "$new" "$image" || fail 'Docker does not start it'

step 'waiting until it is ready'
await_new

# From here on it may have traffic: where both are ready, Caddy takes blue.
read -r ready_all ready_bad < <(traffic) || fail 'Caddy does not answer: systemctl status caddy'
reached=switched
step "switching${old:+ from $old} to $new"
watch 2

step "watching it for $WATCH_SECONDS s"
watch "$WATCH_SECONDS" "$old"

step 'keeping it'
docker update --restart unless-stopped "$(container "$new")" >/dev/null
reached=live
if [ -n "$old" ]; then docker update --restart no "$(container "$old")" >/dev/null; fi
write_down live

if [ -n "$old" ]; then
  step "draining $old"
  retire "$old"
fi
step 'logging who asks'
follow_access_log "$image" || echo 'The access log is not followed; it is in /var/log/caddy on the server.' >&2
step 'pruning images'
prune
# For whoever looks after the server between deploys.
mkdir -p "$state/bin"
for script in deploy rollback status colours cloud-log deploy-log traffic access-log figures; do
  install -m 755 "$here/$script.sh" "$state/bin/$script.sh.new"
  mv "$state/bin/$script.sh.new" "$state/bin/$script.sh"
done
echo "$image is live, after $((SECONDS - began)) s"

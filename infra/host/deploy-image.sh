#!/bin/bash
# Deploys an image of this server's repository by the scripts that it carries: what Systems Manager runs here for the
# deploy job of a repository whose server has no runner (runner=none).
#
#   deploy-image.sh sha256:DIGEST
#
# It ends as deploy.sh does, with its lines and its exit code. Systems Manager ends a command that is cancelled by SIGKILL,
# and all of its process group; so deploy.sh is a service of its own, which is then stopped, and goes back.
set -euo pipefail
# In the order in which it is said: Systems Manager keeps the two apart.
exec 2>&1

if [[ ! ${1:-} =~ ^sha256:[0-9a-f]{64}$ ]] || [ $# != 1 ]; then
  echo 'usage: deploy-image.sh sha256:DIGEST' >&2
  exit 2
fi
# shellcheck source=/dev/null
. /etc/plumbline/host.env
export HOME=/root
image=$PLUMBLINE_REPOSITORY_URI@$1
state=/var/lib/plumbline
unit=plumbline-deploy-$$

# What a killed run has left goes with the next, unless it may be at work yet.
find "$state" -maxdepth 1 -name 'scripts.*' -mmin +60 -exec rm -rf {} +
scripts=$(mktemp -d "$state/scripts.XXXX")
trap 'rm -rf "$scripts"' EXIT
chmod 755 "$scripts"

if ! docker pull --quiet "$image" >/dev/null; then
  echo "FAILED: the image cannot be pulled; $(df -h --output=avail /var/lib/docker | tail -n 1 | tr -d ' ') are free on the disk" >&2
  exit 1
fi
container=$(docker create "$image")
docker cp "$container:/plumbline/infra/host/." "$scripts" 2>/dev/null || true
docker rm "$container" >/dev/null
# An image of before 0.10.0 carries none: the scripts of the version before it do.
if [ ! -x "$scripts/deploy.sh" ]; then cp "$state"/bin/*.sh "$scripts" 2>/dev/null || true; fi
if [ ! -x "$scripts/deploy.sh" ]; then
  echo 'FAILED: the image carries no scripts to deploy it by: build it anew, with a Plumbline of 0.10.0 or later' >&2
  exit 1
fi
chown -R root:root "$scripts"

# shellcheck source=infra/host/deploy-log.sh
. "$scripts/deploy-log.sh"
before=$(last_images 1)
if [ -n "$before" ]; then echo "live so far: $before"; fi
# Whoever asks for the version that was live before goes back.
back=()
if [ "$(previous_image)" = "$image" ]; then back=(--rollback); fi

# shellcheck disable=SC2016 # The other shell's own.
setsid bash -c 'tail --pid="$1" -f /dev/null; systemctl stop "$2"' - $$ "$unit" >/dev/null 2>&1 &
status=0
systemd-run --quiet --pipe --wait --collect --unit "$unit" --uid runner \
  --property KillMode=mixed --property TimeoutStopSec=2min --property NoNewPrivileges=yes --property PrivateTmp=yes \
  --property ProtectSystem=strict --property "ReadWritePaths=/home/runner $state" \
  --setenv HOME=/home/runner --setenv "READY_SECONDS=${READY_SECONDS:-60}" --setenv "WATCH_SECONDS=${WATCH_SECONDS:-20}" \
  "$scripts/deploy.sh" "${back[@]}" "$image" || status=$?
exit "$status"

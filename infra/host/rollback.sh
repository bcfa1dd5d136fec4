#!/bin/bash
# Goes back to the version that was live before, or to another one, as carefully as deploy.sh goes forth.
#
#   rollback.sh [REPOSITORY@sha256:DIGEST]
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
# shellcheck source=infra/host/deploy-log.sh
. "$here/deploy-log.sh"

image=${1:-$(previous_image)}
if [ -z "$image" ]; then
  echo 'There is nothing to go back to: no other version has been live. See status.sh.' >&2
  exit 1
fi
exec "$here/deploy.sh" --rollback "$image"

#!/usr/bin/env bash
# Fetches a commit from the rehearsal's repository into the workspace. In a job of the server it also brings there what that
# runs, as the runner would, and leaves in the workspace relays that run the scripts there.
set -euo pipefail
# What act makes of the job's `runs-on`: ubuntu24 of ubuntu-24.04, and plumbline of the labels of the server's runner.
runner=${ImageOS:?}
{
  printf 'runs-on\t%s\t%s\n' "$GITHUB_JOB" "$runner"
  printf 'checkout\t%s\t%s\t%s\n' "$GITHUB_JOB" "${REF:-$GITHUB_SHA}" "$PERSIST"
} >>"$REHEARSAL_LOG"
cd "$GITHUB_WORKSPACE"
find . -mindepth 1 -delete
git init --quiet --initial-branch=checkout
# Nothing of it has to outlive this machine, and a busy disk takes seconds for each.
git config core.fsync none
# What is fetched is there already: how many commits a fetch brings along is the same, and nothing is copied.
echo "$REHEARSAL_ORIGIN/objects" >.git/objects/info/alternates
history=()
if [ "$DEPTH" != 0 ]; then history=(--depth "$DEPTH"); fi
git fetch --quiet --no-tags "${history[@]}" "file://$REHEARSAL_ORIGIN" "${REF:-$GITHUB_SHA}"
git checkout --quiet --detach FETCH_HEAD
if [ "$runner" != plumbline ]; then exit; fi

relay() { # BODY SCRIPT…
  local script
  for script in "${@:2}"; do
    printf '#!/bin/bash\n%s\n' "${1//SCRIPT/$script}" >"$script"
  done
}
bring() { # USER FOLDER
  local on_server=(docker exec --interactive --user "$1" "$REHEARSAL_SERVER")
  "${on_server[@]}" rm -rf "$2"
  "${on_server[@]}" mkdir -p "$2"
  git archive HEAD infra/host | "${on_server[@]}" tar -x -C "$2"
  relay "exec docker exec --user runner --workdir $2 --env READY_SECONDS --env WATCH_SECONDS $REHEARSAL_SERVER SCRIPT \"\$@\"" infra/host/*.sh
}
if [ -z "$REHEARSAL_ONE_JOB" ]; then
  bring runner /opt/actions-runner/_work/scores/scores
  exit
fi
# A runner of one job has nothing until it has that, which begins with the checkout, and deploys.
bring root /srv/checkout
# shellcheck disable=SC2016 # The relay's own.
relay 'outcome=$(curl -sS --max-time 300 --data-binary "mkdir scores && cp -R /srv/checkout scores/scores && cd scores/scores && exec env READY_SECONDS=$READY_SECONDS WATCH_SECONDS=$WATCH_SECONDS SCRIPT $*" "$REHEARSAL_ONE_JOB")
echo "${outcome#*: }"
exit "${outcome%%:*}"' infra/host/deploy.sh infra/host/rollback.sh

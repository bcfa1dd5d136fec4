#!/usr/bin/env bash
# Fetches a commit from the rehearsal's repository into the workspace. In a job of the server it also brings it there, as
# the runner would, and leaves in the workspace relays that run the scripts there.
set -euo pipefail
printf 'checkout\t%s\t%s\t%s\n' "$GITHUB_JOB" "${REF:-$GITHUB_SHA}" "$PERSIST" >>"$REHEARSAL_LOG"
cd "$GITHUB_WORKSPACE"
find . -mindepth 1 -delete
git init --quiet --initial-branch=checkout
history=()
if [ "$DEPTH" != 0 ]; then history=(--depth "$DEPTH"); fi
git fetch --quiet --no-tags "${history[@]}" "file://$REHEARSAL_ORIGIN" "${REF:-$GITHUB_SHA}"
git checkout --quiet --detach FETCH_HEAD

for job in $REHEARSAL_SERVER_JOBS; do
  [ "$job" = "$GITHUB_JOB" ] || continue
  work=/opt/actions-runner/_work/scores/scores
  on_server() { docker exec --interactive --user runner "$REHEARSAL_SERVER" "$@"; }
  on_server rm -rf "$work"
  on_server mkdir -p "$work"
  git archive HEAD | on_server tar -x -C "$work"
  for script in infra/host/*.sh; do
    printf '#!/bin/sh\nexec docker exec --user runner --workdir %s --env READY_SECONDS --env WATCH_SECONDS %s %s "$@"\n' \
      "$work" "$REHEARSAL_SERVER" "$script" >"$script"
  done
done

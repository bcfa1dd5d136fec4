#!/usr/bin/env bash
# Puts a Node that the rehearsal has fetched, and an npm that runs on it, first on the path of the job. Both write down
# the environment that they are given.
set -euo pipefail
printf 'setup-node\t%s\t%s\n' "$GITHUB_JOB" "$VERSION" >>"$REHEARSAL_LOG"
bin=$(mktemp -d "$REHEARSAL_FOLDER/bin-XXXXXX")
npm=$(command -v npm)
cat >"$bin/node" <<NODE
#!/bin/sh
env >"$REHEARSAL_FOLDER/environments/\$GITHUB_JOB-\$\$"
exec "$REHEARSAL_NODES/node-$VERSION/node_modules/node/bin/node" "\$@"
NODE
cat >"$bin/npm" <<NPM
#!/bin/sh
# Packages of this lock file are there already: the rehearsal's own.
if [ "\$1" = ci ] && [ -n "\${REHEARSAL_MODULES:-}" ] && cmp -s package-lock.json "\$REHEARSAL_MODULES/../package-lock.json"; then
  exec ln -s "\$REHEARSAL_MODULES" node_modules
fi
exec "$bin/node" "$(readlink -f "$npm")" "\$@"
NPM
chmod +x "$bin/node" "$bin/npm"
# npm trusts whom this machine's npm trusts, though its Node, and with it its configuration, is another.
if [ -n "$REHEARSAL_CAFILE" ]; then echo "npm_config_cafile=$REHEARSAL_CAFILE" >>"$GITHUB_ENV"; fi
# GitHub's machines have an AWS CLI.
echo "$REHEARSAL_AWS" >>"$GITHUB_PATH"
echo "$bin" >>"$GITHUB_PATH"

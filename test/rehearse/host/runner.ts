// A double of GitHub's runner, packed as GitHub packs it. It registers and authenticates as the real one does
// (RemoteAuth with the token, which it takes from the environment and keeps nowhere), and then asks for jobs.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const config = `#!/bin/bash
set -euo pipefail
[ "$(id -u)" != 0 ] || { echo 'Must not run with sudo' >&2; exit 1; }
[ ! -e .runner ] || { echo 'Cannot configure the runner because it is already configured.' >&2; exit 1; }
token=\${ACTIONS_RUNNER_INPUT_TOKEN:?}
while [ $# -gt 0 ]; do
  case $1 in
    --url) url=$2; shift 2 ;;
    --name) name=$2; shift 2 ;;
    --labels) labels=$2; shift 2 ;;
    --work) shift 2 ;;
    --unattended | --replace) shift ;;
    *) echo "Unrecognized command-line input: $1" >&2; exit 1 ;;
  esac
done
server=\${url%/*/*}
answer=$(curl -fsS -X POST -H "Authorization: RemoteAuth $token" -H 'Content-Type: application/json' \\
  --data "{\\"url\\":\\"$url\\",\\"runner_event\\":\\"register\\",\\"name\\":\\"$name\\",\\"labels\\":\\"$labels\\"}" \\
  "$server/api/v3/actions/runner-registration")
echo "{\\"gitHubUrl\\":\\"$url\\",\\"agentName\\":\\"$name\\",\\"serverUrl\\":\\"$server\\"}" >.runner
umask 077
echo "$answer" >.credentials
echo 'Runner successfully added'
`;

const run = `#!/bin/bash
trap 'exit 0' INT TERM
if [ -n "\${ACTIONS_RUNNER_INPUT_JITCONFIG:-}" ]; then exec ./run-one.sh; fi
server=$(sed -E 's/.*"serverUrl":"([^"]*)".*/\\1/' .runner)
key=$(sed -E 's/.*"key":"([^"]*)".*/\\1/' .credentials)
while true; do
  curl -fsS -o /dev/null -H "Authorization: Bearer $key" "$server/jobs?user=$(id -un)" || exit 1
  sleep 0.5 & wait $!
done
`;

/** With a configuration for one job, which lays out the files of a registration: takes one, and ends. */
const runOne = `#!/bin/bash
set -euo pipefail
trap 'exit 0' INT TERM
[ ! -e .runner ] || { echo 'There is a registration already.' >&2; exit 1; }
umask 077
for file in .runner .credentials; do
  base64 -d <<<"$ACTIONS_RUNNER_INPUT_JITCONFIG" | jq -r --arg file "$file" '.[$file]' | base64 -d >"$file"
done
unset ACTIONS_RUNNER_INPUT_JITCONFIG
server=$(jq -r .serverUrl .runner)
ask() { curl -fsS -H "Authorization: Bearer $(jq -r .key .credentials)" "$@"; }
until job=$(ask "$server/one-job?user=$(id -un)") && [ -n "$job" ]; do sleep 0.3 & wait $!; done
mkdir -p _work
status=0
said=$(cd _work && bash -c "$job" 2>&1) || status=$?
ask -X POST --data-binary "$status: $said" -o /dev/null "$server/one-job"
rm .runner .credentials
`;

const installDependencies = `#!/bin/bash
[ "$(id -u)" = 0 ] || { echo 'Need to run with sudo privilege' >&2; exit 1; }
`;

export interface RunnerPackage {
  readonly name: string;
  readonly bytes: Buffer;
  /** As GitHub states it: `sha256:…`. */
  readonly digest: string;
}

export function packRunner(version: string, architecture: 'x64' | 'arm64'): RunnerPackage {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-runner-'));
  const name = `actions-runner-linux-${architecture}-${version}.tar.gz`;
  for (const [path, text] of [
    ['config.sh', config],
    ['run.sh', run],
    ['run-one.sh', runOne],
    ['bin/installdependencies.sh', installDependencies],
  ] as const) {
    const file = join(folder, 'package', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { mode: 0o755 });
  }
  execFileSync('tar', ['-czf', join(folder, name), '-C', join(folder, 'package'), '.']);
  const bytes = readFileSync(join(folder, name));
  rmSync(folder, { recursive: true });
  return { name, bytes, digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}` };
}

import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { start } from '../../../processes.ts';
import { temporaryFolder } from '../../../temporary.ts';

const image = (letter: string) => `registry.test/plumbline@sha256:${letter.repeat(64)}`;

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

function script(name: string, text: string): void {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/bash\n${text}\n`);
  chmodSync(path, 0o755);
}

/** Deploys to a server whose scripts these are. */
async function deploy(letter: string, scripts: { readonly status: string; readonly deploy: string }) {
  script('status.sh', scripts.status);
  script('deploy.sh', scripts.deploy);
  const program = `import { serverTarget } from './infra/commands/deploy/server-target.ts';
    process.exitCode = await serverTarget(${JSON.stringify(folder)}).deploy('${image(letter)}');`;
  const output = join(folder, 'output');
  const ended = await start(['--input-type=module', '--eval', program], { GITHUB_OUTPUT: output }).exit;
  const previous = existsSync(output) ? /^previous<<.*\n(.*)\n/.exec(readFileSync(output, 'utf8'))?.[1] : undefined;
  return { ...ended, previous };
}

const live = (letter: string) => `[ "$*" = --json ] && echo '${JSON.stringify({ live: { image: image(letter) } })}'`;

describe('a deploy on the server', () => {
  it('tells a later job what was live before, by its digest', async () => {
    expect(await deploy('b', { status: live('a'), deploy: 'echo "$*"' })).toMatchObject({
      code: 0,
      stdout: `${image('b')}\n`,
      previous: `sha256:${'a'.repeat(64)}`,
    });
  });

  it('tells of the same one where that was live already, so that nothing older comes back', async () => {
    expect(await deploy('b', { status: live('b'), deploy: 'exit 0' })).toMatchObject({
      code: 0,
      previous: `sha256:${'b'.repeat(64)}`,
    });
  });

  it.each([
    ['nothing was live', `echo '{"live":null}'`, 'exit 0', 0],
    ['nothing has changed', live('a'), 'exit 1', 1],
    ['nobody can say', 'echo "Docker does not answer" >&2; exit 1', 'exit 0', 0],
  ])('tells nothing where %s', async (_, status, script, code) => {
    expect(await deploy('b', { status, deploy: script })).toMatchObject({ code, stderr: '', previous: undefined });
  });
});

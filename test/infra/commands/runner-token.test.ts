import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../temporary.ts';

const token = 'github_pat_0123456789abcdef';
const root = fileURLToPath(new URL('../../..', import.meta.url));

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
  tool(
    'gh',
    `echo "gh $*" >>calls; [ "$GH_TOKEN" = ${token} ] || { echo 'HTTP 403' >&2; exit 1; }; echo '{"total_count":0}'`,
  );
});

function tool(name: string, body: string): void {
  writeFileSync(join(folder, name), `#!/bin/bash\ncd '${folder}'\n${body}\n`);
  chmodSync(join(folder, name), 0o755);
}

/** An account whose stack says so. */
function stackThatSays(outputs: Readonly<Record<string, string>>): void {
  const Outputs = Object.entries({
    RepositoryUri: 'registry.test/plumbline',
    GitHubRepository: 'acme/scores',
    ...outputs,
  });
  const stacks = { Stacks: [{ Outputs: Outputs.map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })) }] };
  writeFileSync(join(folder, 'stacks'), JSON.stringify(stacks));
  tool('aws', `echo "aws $*" >>calls; if [ "$1" = cloudformation ]; then cat stacks; else cat >stored; fi`);
}

/** `npm run runner:register`, with a token by standard input. */
async function register(input: string) {
  const env = { ...process.env, GH_TOKEN: 'mine', PATH: `${folder}${delimiter}${process.env.PATH}` };
  const child = spawn(process.execPath, ['cli/plumbline.ts', 'runner', 'register'], { cwd: root, env });
  child.stdin.on('error', () => {}).end(input);
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code, said: stdout + stderr };
}

const read = (name: string) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : '');

describe('npm run runner:register, where the runner is registered for each job', () => {
  beforeEach(() => stackThatSays({ RunnerTokenArn: 'arn:aws:secretsmanager:eu-west-1:1:secret:token' }));

  it('takes a token that GitHub lets look after the runners into Secrets Manager, and shows it nowhere', async () => {
    const { code, said } = await register(`${token}\n`);
    expect({ code, said }).toEqual({ code: 0, said: expect.stringContaining('The token is in Secrets Manager.') });
    expect(read('stored')).toBe(token);
    expect(said + read('calls')).not.toContain(token);
    expect(read('calls')).toContain('gh api repos/acme/scores/actions/runners\n');
  });

  it.each([
    ['github_pat_of_somebody_else', /needs "Administration: read and write" for that repository\. Nothing was changed/],
    ['not a token', /does not look like a token of GitHub\. Nothing was changed/],
    ['', /does not look like a token of GitHub/],
  ])('refuses "%s", and changes nothing', async (wrong, message) => {
    const { code, said } = await register(wrong);
    expect({ code, said }).toEqual({ code: 1, said: expect.stringMatching(message) });
    expect(read('calls')).not.toContain('secretsmanager');
  });
});

it('npm run runner:register says so where there is no runner to register', async () => {
  stackThatSays({});
  const { code, said } = await register('');
  expect({ code, said }).toEqual({ code: 1, said: expect.stringContaining('runner=none') });
});

import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

/** Every shell script that is, or is about to be, under version control. */
const scripts = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .trim()
  .split('\n')
  .filter((path) => /^#!.*\b(?:ba)?sh\b/.test(readFileSync(join(root, path), 'utf8').slice(0, 40)));

describe('shell scripts', () => {
  it('are found', () => {
    expect(scripts).toEqual(
      expect.arrayContaining([
        'infra/host/bootstrap.sh',
        'infra/host/register-runner.sh',
        'infra/host/vitals.sh',
        '.ci/run',
      ]),
    );
  });

  it.each(scripts)('%s passes shellcheck', (path) => {
    const { stdout, status } = spawnSync('shellcheck', ['--external-sources', path], { cwd: root, encoding: 'utf8' });
    expect(stdout).toBe('');
    expect(status).toBe(0);
  });

  it.each(scripts)('%s fails loudly', (path) => {
    const text = readFileSync(join(root, path), 'utf8');
    // A single command, as of a script that only execs, has nothing after it to be careful about.
    const commands = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    if (commands.length > 1) expect(text).toMatch(/^set -euo pipefail$/m);
  });
});

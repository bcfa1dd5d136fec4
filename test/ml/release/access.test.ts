import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { houseRelease } from '../house-release.ts';

const { original, copy } = houseRelease();

describe('where permission is what is missing', () => {
  // Root may read and write everything; without these two capabilities it is held to the modes of files, as others are.
  const asOther = process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-dac_override,-dac_read_search'] : [];
  const runConfined = (args: readonly string[]) => {
    const [command = '', ...rest] = [...asOther, process.execPath, ...args];
    return spawnSync(command, rest, { cwd: join(import.meta.dirname, '../../..'), encoding: 'utf8' });
  };

  test('that is what is said, and training again is not what is advised', () => {
    const { artifacts, file } = copy();
    chmodSync(file('.'), 0);
    for (const args of [
      ['predict', '--area', '50'],
      ['train', '--no-tune', '--if-missing', '--dataset', original],
    ]) {
      const { status, stderr } = runConfined(['cli/plumbline.ts', ...args, '--artifacts', artifacts]);
      expect(stderr).toMatch(/^Error: user \d+ is not permitted to read .*manifest\.json/);
      expect(stderr).toContain(`chmod -R a+rX ${artifacts}`);
      expect(stderr).not.toContain('Train again');
      expect(status).toBe(1);
    }
    chmodSync(file('.'), 0o700);
  });

  test('a release is not trained for nothing', () => {
    const { artifacts } = copy();
    chmodSync(artifacts, 0o555);
    const { status, stderr } = runConfined([
      'cli/plumbline.ts',
      'train',
      '--no-tune',
      '--dataset',
      original,
      '--artifacts',
      artifacts,
    ]);
    expect(stderr).toContain(`is not permitted to write ${artifacts}`);
    expect(stderr).toContain('--artifacts');
    expect(stderr).not.toContain('cross-validated');
    expect(status).toBe(1);
    chmodSync(artifacts, 0o755);
  });
});

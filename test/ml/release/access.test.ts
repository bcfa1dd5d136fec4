import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { houseRelease } from '../house-release.ts';

const { original, copy } = houseRelease();

describe('where permission is what is missing', () => {
  /** Runs a command as somebody who may not: as another user, where this one may everything. */
  const asStranger = (args: readonly string[]) =>
    spawnSync(process.execPath, args, {
      cwd: join(import.meta.dirname, '../../..'),
      encoding: 'utf8',
      ...(process.getuid?.() === 0 && { uid: 65534, gid: 65534 }),
    });
  const shut = (path: string) => chmodSync(path, process.getuid?.() === 0 ? 0o700 : 0);

  test('that is what is said, and training again is not what is advised', () => {
    const { artifacts, file } = copy();
    chmodSync(join(artifacts, '..'), 0o755);
    shut(file('.'));
    for (const args of [
      ['predict', '--area', '50'],
      ['train', '--if-missing', '--dataset', original],
    ]) {
      const { status, stderr } = asStranger(['ml/cli.ts', ...args, '--artifacts', artifacts]);
      expect(stderr).toMatch(/^Error: user \d+ is not permitted to read .*manifest\.json/);
      expect(stderr).toContain(`chmod -R a+rX ${artifacts}`);
      expect(stderr).not.toContain('Train again');
      expect(status).toBe(1);
    }
    chmodSync(file('.'), 0o700);
  });

  test('a release is not trained for nothing', () => {
    const { artifacts } = copy();
    chmodSync(original, 0o755);
    chmodSync(join(artifacts, '..'), 0o755);
    chmodSync(artifacts, 0o555);
    const { status, stderr } = asStranger(['ml/cli.ts', 'train', '--dataset', original, '--artifacts', artifacts]);
    expect(stderr).toContain(`is not permitted to write ${artifacts}`);
    expect(stderr).toContain('--artifacts');
    expect(stderr).not.toContain('cross-validated');
    expect(status).toBe(1);
  });
});

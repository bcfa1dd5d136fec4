import { existsSync, mkdtempSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { setup } from './leftovers.ts';
import { temporaryFolder } from './temporary.ts';

afterEach(() => vi.unstubAllEnvs());

const leave = (prefix: string) => mkdtempSync(join(process.env.TMPDIR as string, prefix));

test('a run that leaves a folder fails, and the folder is gone all the same', () => {
  vi.stubEnv('TMPDIR', temporaryFolder());
  const end = setup();
  const left = leave('plumbline-');
  expect(end).toThrow(/^Tests left 1 behind among temporary files: plumbline-/);
  expect(existsSync(dirname(left))).toBe(false);
});

test('a run that leaves nothing passes, and what a browser leaves is gone', () => {
  vi.stubEnv('TMPDIR', temporaryFolder());
  const end = setup();
  const theirs = leave('playwright-');
  end();
  expect(existsSync(theirs)).toBe(false);
});

import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeFolder } from '../../../../temporary.ts';

const root = join(import.meta.dirname, '../../../../..');
const folder = makeFolder();
afterAll(() => rmSync(folder, { recursive: true }));

test('kernel.wasm is what its source compiles to', () => {
  const rebuilt = join(folder, 'kernel.wasm');
  const command = ['run', '--silent', 'build:oblivious-kernel', '--', '--outFile', rebuilt];
  execFileSync('npm', command, { cwd: root, stdio: 'pipe' });
  expect(readFileSync(rebuilt).equals(readFileSync(join(root, 'ml/trees/oblivious/kernel/kernel.wasm')))).toBe(true);
});

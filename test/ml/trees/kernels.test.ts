import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';
import { expect, test } from 'vitest';
import { makeFolder } from '../../temporary.ts';

const root = join(import.meta.dirname, '../../..');
const folder = makeFolder();

test.each([
  'trees/binned',
  'trees/exact',
  'trees/oblivious',
  'trees/prediction',
  'trees/shap',
  'estimators/xgboost',
  'estimators/logistic',
])('the kernel in %s is what its source compiles to', async (room) => {
  const kernel = join(root, 'ml', room, 'kernel');
  const rebuilt = join(folder, `${room.replace('/', '-')}.wasm`);
  const { error } = await asc.main([
    join(kernel, 'kernel.as.ts'),
    ...['--config', join(kernel, 'asconfig.json'), '--outFile', rebuilt],
  ]);
  expect(error).toBeNull();
  expect(readFileSync(rebuilt).equals(readFileSync(join(kernel, 'kernel.wasm')))).toBe(true);
});

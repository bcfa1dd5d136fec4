import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keyFileSchema, keyOf } from '../../app/access/api-key.ts';
import { start } from '../processes.ts';
import { temporaryFolder } from '../temporary.ts';

test('keys are made, listed and revoked', async () => {
  const file = join(temporaryFolder(), 'access.json');
  const keys = (...args: string[]) => start(['cli/plumbline.ts', 'keys', ...args, '--file', file]).exit;
  const kept = () => keyFileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));

  const first = await keys('create', 'Till 3');
  expect(first.code).toBe(0);
  expect(first.stderr).toMatch(/^This is the key [0-9a-f]{12} of Till 3\. It is not kept/);
  const text = first.stdout.trim();
  expect(keyOf(kept(), text)?.name).toBe('Till 3');
  const second = (await keys('create', 'Shop')).stdout.trim();
  expect((await keys('list')).stdout).toMatch(/Till 3[\s\S]*Shop/);

  const id = keyOf(kept(), text)?.id as string;
  expect((await keys('revoke', id)).stdout).toBe(`The key ${id} of Till 3 is revoked.\n`);
  expect(keyOf(kept(), text)).toBeUndefined();
  expect(keyOf(kept(), second)?.name).toBe('Shop');
  const again = await keys('revoke', id);
  expect(again.code).toBe(2);
  expect(again.stderr).toContain(`has no key ${id}; npm run keys -- list`);
}, 30_000);

test('a file has to be named, and be there', async () => {
  expect((await start(['cli/plumbline.ts', 'keys', 'list'], { ACCESS: '' }).exit).code).toBe(2);
  const none = await start(['cli/plumbline.ts', 'keys', 'list', '--file', join(temporaryFolder(), 'none.json')]).exit;
  expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('npm run keys -- create NAME makes it')]);
});

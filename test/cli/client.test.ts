import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { train } from '../../ml/index.ts';
import { writeHouses } from '../houses.ts';
import { start } from '../processes.ts';
import { temporaryFolder } from '../temporary.ts';

test('a client of the release in use is written', async () => {
  const folder = temporaryFolder();
  const artifacts = join(folder, 'artifacts');
  await train({ dataset: writeHouses(folder), models: ['linear'], artifacts });
  const out = join(folder, 'client.ts');
  const { code, stdout } = await start(['cli/plumbline.ts', 'client', '--out', out, '--artifacts', artifacts]).exit;
  expect(code).toBe(0);
  expect(stdout).toMatch(/client\.ts is a client of House prices \(release [0-9a-f]{12}\)/);
  expect(readFileSync(out, 'utf8')).toContain('export class Client');
  const none = await start(['cli/plumbline.ts', 'client', '--artifacts', artifacts]).exit;
  expect(none.code).toBe(2);
});

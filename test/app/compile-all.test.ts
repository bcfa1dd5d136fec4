import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Job } from '../../app/jobs/job.ts';
import { train } from '../../ml/index.ts';
import { writeHouses } from '../houses.ts';
import { start } from '../processes.ts';
import { temporaryFolder } from '../temporary.ts';
import { until } from './until.ts';

const compileAll = fileURLToPath(new URL('../../app/compile-all.ts', import.meta.url));
const house = { area: 123.25, rooms: 3, heating: 'heat pump' };

test('of a server, its threads and its pages no TypeScript is left to compile', async () => {
  const folder = temporaryFolder();
  const artifacts = join(folder, 'artifacts');
  await train({ dataset: writeHouses(folder), models: ['linear'], artifacts });
  const kept = { NODE_COMPILE_CACHE: join(folder, 'compiled') };
  execFileSync(process.execPath, [compileAll], { env: { ...process.env, ...kept } });

  const told = { NODE_DEBUG_NATIVE: 'COMPILE_CACHE' };
  const server = start(['app/server.ts'], { ARTIFACTS: artifacts, PORT: '0', ...kept, ...told });
  const [url] = await server.said(/http:\/\/localhost:\d+/);
  const asks = { headers: { Accept: 'text/html' } };
  for (const page of ['/', '/model', '/api', '/batch']) expect((await fetch(url + page, asks)).status).toBe(200);
  const many = { body: JSON.stringify(Array(1000).fill(house)), headers: { 'Content-Type': 'application/json' } };
  expect((await fetch(`${url}/api/predictions`, { method: 'POST', ...many })).status).toBe(200);
  const file = { body: 'area,rooms,heating\n123.25,3,heat pump\n', headers: { 'Content-Type': 'text/csv' } };
  const answered = async (response: Response) => (await response.json()) as Job;
  const { id } = await answered(await fetch(`${url}/api/batch`, { method: 'POST', ...file }));
  await until(async () => (await answered(await fetch(`${url}/api/batch/${id}`))).result);
  server.signal('SIGINT');
  const { stderr } = await server.exit;
  const asked = [...stderr.matchAll(/for StrippedTypeScript (?<file>\S+?)\.\.\.(?<found>.*)/g)].map((it) => it.groups);
  expect(asked.length).toBeGreaterThan(100);
  expect(asked.filter((it) => it?.found?.includes('no such file')).map((it) => it?.file)).toEqual([]);
});

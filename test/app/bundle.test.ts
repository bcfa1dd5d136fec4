import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Job } from '../../app/jobs/job.ts';
import { train } from '../../ml/index.ts';
import { writeHouses } from '../houses.ts';
import { start } from '../processes.ts';
import { temporaryFolder } from '../temporary.ts';
import { until } from './until.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const house = { area: 123.25, rooms: 3, heating: 'heat pump' };
let built = '';

beforeAll(() => {
  // Below the packages that it imports.
  const cache = join(root, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  built = mkdtempSync(join(cache, 'bundle-'));
  execFileSync(process.execPath, ['app/bundle.ts', built], { cwd: root });
});
afterAll(() => rmSync(built, { recursive: true, force: true }));

const texts = () =>
  readdirSync(built)
    .filter((name) => name.endsWith('.mjs'))
    .map((name) => readFileSync(join(built, name), 'utf8'));

test('files and threads are where its modules look for them', () => {
  const base = pathToFileURL(`${built}/`);
  const named = texts().flatMap((text) => [...text.matchAll(/new URL\("([^"]+)", import\.meta\.url\)/g)]);
  const addresses = named.map(([, address]) => address as string);
  expect(addresses).toContain('job-worker.mjs');
  expect(addresses).toContain('thread-entry.mjs');
  expect(addresses).toContain('shared-team-worker.mjs');
  expect(addresses.filter((address) => address.endsWith('ml/trees/prediction/kernel/kernel.ts'))).toHaveLength(1);
  expect(addresses.filter((address) => !existsSync(new URL(address, base)))).toEqual([]);
});

test('it takes zod along, which is a hundred modules, and no other package', () => {
  const imported = texts().flatMap((text) => [...text.matchAll(/^import .*?"([^"]+)";$/gm)].map(([, name]) => name));
  expect(imported).toContain('express');
  expect(imported).not.toContain('zod');
});

test('it answers as the server does, and nothing of it is left to compile', async () => {
  const folder = temporaryFolder();
  const artifacts = join(folder, 'artifacts');
  await train({ dataset: writeHouses(folder), models: ['linear'], artifacts });
  const kept = { NODE_COMPILE_CACHE: join(folder, 'compiled') };
  execFileSync(process.execPath, [join(built, 'compile-all.mjs')], { env: { ...process.env, ...kept } });

  const told = { NODE_DEBUG_NATIVE: 'COMPILE_CACHE' };
  const server = start([join(built, 'server.mjs')], { ARTIFACTS: artifacts, PORT: '0', ...kept, ...told });
  const [url] = await server.said(/http:\/\/localhost:\d+/);
  const asks = { headers: { Accept: 'text/html' } };
  for (const page of ['/', '/model', '/model/report', '/api', '/batch', '/api/client.ts', '/openapi.json'])
    expect((await fetch(url + page, asks)).status, page).toBe(200);
  const many = { body: JSON.stringify(Array(1000).fill(house)), headers: { 'Content-Type': 'application/json' } };
  expect((await fetch(`${url}/api/predictions`, { method: 'POST', ...many })).status).toBe(200);
  const file = { body: 'area,rooms,heating\n123.25,3,heat pump\n', headers: { 'Content-Type': 'text/csv' } };
  const answered = async (response: Response) => (await response.json()) as Job;
  const { id } = await answered(await fetch(`${url}/api/batch`, { method: 'POST', ...file }));
  await until(async () => (await answered(await fetch(`${url}/api/batch/${id}`))).result);
  server.signal('SIGINT');
  const { stderr } = await server.exit;
  const asked = [...stderr.matchAll(/for (?<kind>\w+) (?<file>\S+?)\.\.\.(?<found>.*)/g)].map((it) => it.groups);
  const own = asked.filter((it) => it?.file?.includes(built));
  expect(own.length).toBeGreaterThan(20);
  expect(own.filter((it) => it?.found?.includes('no such file')).map((it) => it?.file)).toEqual([]);
  expect(asked.filter((it) => it?.kind === 'StrippedTypeScript')).toEqual([]);
});

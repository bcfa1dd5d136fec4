import { cpSync, mkdtempSync, renameSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { train } from '../../../ml/index.ts';
import { houseRows, houses, writeHouses } from '../../houses.ts';
import { start } from '../../processes.ts';
import { makeFolder, temporaryFolder } from '../../temporary.ts';
import { until } from '../until.ts';

const folder = makeFolder();
/** Two releases: of the second, a house may have more rooms. */
const ids: string[] = [];
const from = (id: string) => join(folder, 'trained', id);
const manyRooms = { area: 100, rooms: 30, heating: 'gas' };

beforeAll(async () => {
  const wider = houses.columns.map((column) => (column.name === 'rooms' ? { ...column, max: 40 } : column));
  for (const declaration of [houses, { ...houses, columns: wider }]) {
    const dataset = writeHouses(mkdtempSync(join(folder, 'data-')), houseRows(60));
    writeFileSync(join(dataset, 'dataset.json'), JSON.stringify(declaration));
    const { path } = await train({ dataset, models: ['linear'], artifacts: join(dataset, 'artifacts') });
    const id = (path as string).split('/').at(-1) as string;
    cpSync(path as string, from(id), { recursive: true });
    ids.push(id);
  }
});

/** A folder of both releases, the first of which is in use. */
function makeArtifacts(): string {
  const artifacts = temporaryFolder();
  for (const id of ids) cpSync(from(id), join(artifacts, id), { recursive: true });
  use(artifacts, ids[0] as string);
  return artifacts;
}

/** Puts a release into use, in one step. */
function use(artifacts: string, id: string): void {
  symlinkSync(id, join(artifacts, 'current.new'));
  renameSync(join(artifacts, 'current.new'), join(artifacts, 'current'));
}

async function serve(artifacts: string) {
  const server = start(['app/server.ts'], { ARTIFACTS: artifacts, PORT: '0', DRAIN_SECONDS: '0', LOG_LEVEL: 'info' });
  const [url] = await server.said(/http:\/\/localhost:\d+/);
  const release = async () => ((await (await fetch(`${url}/readyz`)).json()) as { release: string }).release;
  const post = (record: unknown) =>
    fetch(`${url}/api/predictions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(record),
    });
  return { ...server, url, release, post };
}

test('a new release is taken up without a restart, and without a failed request', async () => {
  const [first, second] = ids as [string, string];
  const artifacts = makeArtifacts();
  const { release, post, url, said } = await serve(artifacts);
  expect(await release()).toBe(first);
  expect((await post(manyRooms)).status).toBe(422);
  const outcomes = new Set<string>();
  let serving = true;
  const client = async (record: unknown) => {
    while (serving) {
      const response = await post(record);
      const answer = (await response.json()) as { release: string } | { release: string }[];
      outcomes.add(`${response.status} ${Array.isArray(answer) ? answer[0]?.release : answer.release}`);
    }
  };
  const house = { ...manyRooms, rooms: 3 };
  const many = Array.from({ length: 2000 }, () => house);
  const clients = [house, house, many, many].map(client);
  await sleep(200);
  use(artifacts, second);
  await said(/a new release serves/);
  await sleep(200);
  serving = false;
  await Promise.all(clients);
  expect(outcomes).toEqual(new Set([`200 ${first}`, `200 ${second}`]));
  // The form, the schema and what is allowed are those of the new one.
  expect(await release()).toBe(second);
  expect((await post(manyRooms)).status).toBe(200);
  expect(await (await fetch(url)).text()).toContain('max="40"');
  const schema = await (await fetch(`${url}/api/schema`)).json();
  expect(schema).toMatchObject({ properties: { rooms: { maximum: 40 } } });
});

test('SIGHUP asks for a look', async () => {
  const [first, second] = ids as [string, string];
  const artifacts = makeArtifacts();
  const { release, signal, said } = await serve(artifacts);
  signal('SIGHUP');
  expect(await release()).toBe(first);
  use(artifacts, second);
  signal('SIGHUP');
  await said(/a new release serves/);
  expect(await release()).toBe(second);
});

test('a broken one is refused, which is logged once, and the one before serves on', async () => {
  const [first, second] = ids as [string, string];
  const artifacts = makeArtifacts();
  const { release, signal, exit, said, post } = await serve(artifacts);
  truncateSync(join(artifacts, second, 'model.json'), 3);
  use(artifacts, second);
  await said(/a new release was refused; the one before serves on/);
  signal('SIGHUP');
  writeFileSync(join(artifacts, 'something'), '');
  await sleep(500);
  expect(await release()).toBe(first);
  expect((await post({ ...manyRooms, rooms: 3 })).status).toBe(200);
  // Once it is whole, it serves.
  cpSync(from(second), join(artifacts, second), { recursive: true });
  signal('SIGHUP');
  await until(async () => ((await release()) === second ? true : undefined));
  signal('SIGTERM');
  const { stdout, code } = await exit;
  expect(code).toBe(0);
  const refusals = stdout.split('\n').filter((line) => line.includes('was refused'));
  expect(refusals).toHaveLength(1);
  expect(JSON.parse(refusals[0] as string)).toMatchObject({
    level: 50,
    release: first,
    reason: expect.stringMatching(/model\.json of release .* is truncated/),
  });
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readRelease } from '../ml/release/read.ts';
import { writeHouses } from './houses.ts';
import { startCommand } from './processes.ts';
import { temporaryFolder } from './temporary.ts';

test('npm start trains where there is no release, serves, and passes a signal on to the server', async () => {
  const dataset = writeHouses(temporaryFolder());
  const artifacts = join(dataset, 'artifacts');
  const settings = { DATASET: dataset, ARTIFACTS: artifacts, PORT: '0', DRAIN_SECONDS: '0' };
  const begin = () => startCommand('npm', ['start'], settings);

  const first = begin();
  const [url] = await first.said(/http:\/\/localhost:\d+/);
  await first.said(/Released [0-9a-f]{12}/);
  const { id } = await readRelease(artifacts);
  expect(await fetch(`${url}/readyz`).then((response) => response.json())).toEqual({ status: 'ready', release: id });
  first.signal('SIGTERM');
  expect(await first.exit).toMatchObject({ code: 0, signal: null });
  await expect(fetch(`${url}/readyz`)).rejects.toThrow();

  const second = begin();
  await second.said(/http:\/\/localhost:\d+/);
  second.signal('SIGTERM');
  const { stdout } = await second.exit;
  expect(stdout).toContain(`release ${id}`);
  expect(stdout).not.toContain('Released');
});

test('npm start with a file makes its data set, trains, serves, and takes it up again', {
  timeout: 120_000,
}, async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'flats.csv');
  const rows = Array.from(
    { length: 150 },
    (_, i) =>
      `${30 + ((i * 37) % 90)},${['Graz', 'Wien'][i % 2]},${(30 + ((i * 37) % 90)) * 11 + (i % 2) * 200 + (i % 7)}`,
  );
  writeFileSync(file, ['area,city,rent', ...rows, ''].join('\n'));
  const settings = { DATASET: '', ARTIFACTS: join(folder, 'artifacts'), PORT: '0', DRAIN_SECONDS: '0' };
  const begin = () =>
    startCommand(
      'npm',
      ['start', '--', file, '--target', 'rent', '--out', join(folder, 'flats'), '--no-tune'],
      settings,
    );

  const first = begin();
  const [url] = await first.said(/http:\/\/localhost:\d+/);
  const answer = await fetch(`${url}/api/predictions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ area: 60, city: 'Salzburg' }),
  });
  expect(await answer.json()).toMatchObject({ prediction: expect.any(Number) });
  first.signal('SIGTERM');
  const { stdout, code } = await first.exit;
  expect(code).toBe(0);
  expect(stdout).toMatch(/city +categorical.*Released [0-9a-f]{12}/s);

  const second = begin();
  await second.said(/http:\/\/localhost:\d+/);
  second.signal('SIGTERM');
  expect((await second.exit).stdout).toMatch(/Taking up \S*flats, which was made of the same file.*Flats \(release/s);
});

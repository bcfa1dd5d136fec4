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

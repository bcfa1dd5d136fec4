// What people do with a release that an older version wrote: predict by it, serve it, train past it.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readRelease } from '../../../../ml/release/read.ts';
import { writeHouses } from '../../../houses.ts';
import { start, startCommand } from '../../../processes.ts';
import { temporaryFolder } from '../../../temporary.ts';
import { copyOf, recorded } from './recorded.ts';

const names = ['format-2/xgboost', 'format-3/catboost', 'format-5/bagged'];

const contentsOf = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => [name, readFileSync(join(parentPath, name), 'utf8')]);

test.each(names)('npm run predict answers by %s', async (name) => {
  const { artifacts, answers } = recorded(name);
  const { id } = await readRelease(artifacts);
  const [first] = answers;
  const json = join(temporaryFolder(), 'prediction.json');
  const args = ['cli/plumbline.ts', 'predict', '--artifacts', artifacts, '--json', json];
  const { code, stderr } = await start([...args, '--record', JSON.stringify(first?.record)]).exit;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(JSON.parse(readFileSync(json, 'utf8'))).toEqual({
    release: id,
    target: 'price',
    prediction: first?.prediction,
  });
});

test.each(names)('npm start serves %s as it is, without training', async (name) => {
  const { answers } = recorded(name);
  const artifacts = copyOf(recorded(name));
  const before = contentsOf(artifacts);
  const { id } = await readRelease(artifacts);
  const settings = { DATASET: writeHouses(temporaryFolder()), ARTIFACTS: artifacts, PORT: '0', DRAIN_SECONDS: '0' };
  const server = startCommand('npm', ['start'], settings);
  const [url] = await server.said(/http:\/\/localhost:\d+/);

  expect(await fetch(`${url}/readyz`).then((response) => response.json())).toEqual({ status: 'ready', release: id });
  for (const { record, prediction } of answers) {
    const headers = { 'Content-Type': 'application/json' };
    const response = await fetch(`${url}/api/predictions`, { method: 'POST', headers, body: JSON.stringify(record) });
    expect(await response.json()).toMatchObject({ prediction, release: id });
  }
  expect((await fetch(url ?? '')).status).toBe(200);

  server.signal('SIGTERM');
  const { stdout, stderr } = await server.exit;
  expect(stdout).not.toMatch(/Released|trained/);
  expect(stderr).toBe('');
  expect(contentsOf(artifacts)).toEqual(before);
});

test('an older release never counts as the same training; a new one takes its place, and it stays', async () => {
  const artifacts = copyOf(recorded('format-3/linear'));
  const { id } = await readRelease(artifacts);
  const dataset = writeHouses(temporaryFolder());
  const args = [
    'cli/plumbline.ts',
    'train',
    '--no-tune',
    '--dataset',
    dataset,
    '--models',
    'linear',
    '--artifacts',
    artifacts,
  ];
  expect(await start([...args, '--if-changed']).exit).toMatchObject({ code: 0 });
  const { id: next } = await readRelease(artifacts);
  expect(next).not.toBe(id);
  expect(readdirSync(artifacts).sort()).toEqual([id, next, 'current', 'history.json'].sort());
});

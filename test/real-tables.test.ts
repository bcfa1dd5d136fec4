import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { App } from '../app/app.ts';
import { Predictions } from '../app/predictions/predictions.ts';
import { featuresOf, loadRelease, recordFromTexts, train } from '../ml/index.ts';
import { datasetPlace } from '../ml/pipeline/init/dataset-place.ts';
import { initDataset } from '../ml/pipeline/init/init-dataset.ts';
import { readTable } from '../ml/pipeline/init/read-table.ts';
import { temporaryFolder } from './temporary.ts';

const folder = fileURLToPath(new URL('../node_modules/vega-datasets/data', import.meta.url));

/** Real tables as they are published, with nothing edited: the class or the kind of what is predicted, and what init has to notice. */
test.each([
  ['cars.json', 'Miles_per_Gallon', 'numeric', { Name: 'identifier', Year: 'date', Origin: 'categorical' }],
  ['cars.json', 'Origin', 'categorical', { Name: 'identifier', Horsepower: 'numeric' }],
  ['penguins.json', 'Body Mass (g)', 'numeric', { Species: 'categorical', Sex: 'categorical' }],
  ['penguins.json', 'Species', 'categorical', { Island: 'categorical' }],
  ['seattle-weather.csv', 'temp_max', 'numeric', { date: 'date', weather: 'categorical' }],
  ['seattle-weather.csv', 'weather', 'categorical', { date: 'date' }],
  ['barley.json', 'yield', 'numeric', { variety: 'categorical', year: 'numeric' }],
  ['gapminder.json', 'life_expect', 'numeric', { country: 'categorical' }],
  ['iowa-electricity.csv', 'net_generation', 'numeric', { year: 'date', source: 'categorical' }],
  ['countries.json', 'life_expect', 'numeric', { _comment: 'constant', country: 'categorical' }],
  ['airports.csv', 'longitude', 'numeric', { iata: 'identifier', name: 'identifier', state: 'categorical' }],
  ['stocks.csv', 'price', 'numeric', { date: 'date', symbol: 'categorical' }],
  ['co2-concentration.csv', 'CO2', 'numeric', { Date: 'date' }],
  ['windvectors.csv', 'speed', 'numeric', { longitude: 'numeric', latitude: 'numeric' }],
])('%s goes from the file to a prediction of %s', { timeout: 60_000 }, async (file, target, kind, kinds) => {
  const path = join(folder, file);
  const place = datasetPlace(path, { out: join(temporaryFolder(), 'dataset') });
  const table = await readTable(path);
  const { declaration, decisions } = await initDataset(path, table, place, { target }, false);
  const kindOf = (header: string) => decisions.find((decision) => decision.header === header)?.kind;
  expect(kindOf(target)).toBe(kind);
  expect(Object.fromEntries(Object.keys(kinds).map((header) => [header, kindOf(header)]))).toEqual(kinds);

  const artifacts = join(place.folder, 'artifacts');
  const isNumber = kind === 'numeric';
  const { verdict } = await train({
    dataset: place.folder,
    artifacts,
    models: isNumber ? ['linear', 'xgboost'] : ['xgboost'],
  });
  expect(verdict).toMatchObject({ released: true });

  const predictions = new Predictions(await loadRelease(artifacts));
  const server = createServer(
    new App({ predictions, logger: pino({ enabled: false }), readiness: () => 'ready' }).listener,
  );
  onTestFinished(() => {
    server.close();
    return predictions.close();
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  // The first row of the file, as a form would send it.
  const [first = []] = table.summary.sample;
  const headers = table.summary.columns.map(({ header }) => header);
  const texts = featuresOf(declaration).map(({ name, header }) => {
    const at = headers.indexOf(decisions.find(({ column }) => column === name)?.header ?? header ?? name);
    return [name, first[at] ?? ''] as const;
  });
  const unknown = Object.fromEntries(texts.map(([name]) => [name, null]));
  const response = await fetch(`http://localhost:${(server.address() as AddressInfo).port}/api/predictions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ ...unknown, ...recordFromTexts(featuresOf(declaration), Object.fromEntries(texts)) }),
  });
  const answer = await response.json();
  expect({ status: response.status, answer }).toMatchObject({
    status: 200,
    answer: { prediction: isNumber ? expect.any(Number) : expect.any(String) },
  });
});

test('what adds up to the target of a real table is left out', async () => {
  const path = join(folder, 'us-employment.csv');
  const place = datasetPlace(path, { out: join(temporaryFolder(), 'dataset') });
  const { decisions } = await initDataset(path, await readTable(path), place, { target: 'nonfarm' }, false);
  const leaking = decisions.filter(({ kind }) => kind === 'leaking').map(({ column }) => column);
  expect(leaking).toEqual(['private', 'goods_producing', 'service_providing', 'government']);
  expect(decisions.find(({ role }) => role === 'target')?.look.join()).toContain('private + government in every row');
});

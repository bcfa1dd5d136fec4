import { expect, test } from 'vitest';
import { servedModelSchema } from '../../../app/api/served-model.ts';
import { writeLoans } from '../../class-data.ts';
import { writeHouses } from '../../houses.ts';
import { serve, serveClasses } from '../serve.ts';

const houses = serve(writeHouses);
const loans = serveClasses(writeLoans);

async function modelOf(url: string) {
  const response = await fetch(`${url}/api/model`);
  expect(response.status).toBe(200);
  return servedModelSchema.parse(await response.json());
}

test('what serves is told: the release, its data, what it scores, and why it was released', async () => {
  const { predictor, predictions } = houses;
  const { manifest } = predictor;
  const model = await modelOf(houses.url);
  expect(model).toMatchObject({
    release: predictor.release,
    dataset: { name: 'houses', title: 'House prices' },
    task: 'regression',
    target: { name: 'price', title: 'Price', unit: 'k€' },
    features: [
      { name: 'area', title: 'Floor area', kind: 'numeric', unit: 'm²', allowed: 'a number from 10 to 500' },
      { name: 'rooms' },
      { name: 'heating', kind: 'categorical', allowed: 'one of: gas, heat pump, none' },
    ],
    model: { title: 'Linear regression', members: [{ model: 'linear', weight: 1 }] },
    score: { title: 'R²', value: predictor.score.value },
    scores: manifest.holdout,
    verdict: { released: true, reason: expect.stringContaining('R²') },
    rows: { train: manifest.data.train, test: manifest.data.test, dropped: 0 },
    assumed: [],
    code: { versions: manifest.versions, commit: manifest.commit },
    limits: { record: predictions.limits.record, batch: predictions.limits.batch },
  });
  expect(Date.parse(model.since)).toBeLessThanOrEqual(Date.now());
  expect(Date.parse(model.since)).toBeGreaterThan(Date.now() - 600_000);
});

test('of classes its levels are told, and the one of interest', async () => {
  expect(await modelOf(loans.url)).toMatchObject({
    task: 'binary',
    target: { name: 'failed', levels: ['no', 'yes'], positive: 'yes' },
  });
});

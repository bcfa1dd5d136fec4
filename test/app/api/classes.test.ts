import { describe, expect, test } from 'vitest';
import { writeFlowers, writeLoans } from '../../class-data.ts';
import { serveClasses } from '../serve.ts';

const loans = serveClasses(writeLoans);
const loan = { income: 30, debt: 25, purpose: 'boat' };
/** Names that are numbers, or that objects have already. */
const levels = ['7', 'constructor', '__proto__', 'rose, "red"'];
const flowers = serveClasses((folder) => writeFlowers(folder, levels));
const flower = { width: 14, height: 10 };

async function ask(
  url: string,
  query: string,
  body: unknown,
): Promise<{ text: string; json: ReturnType<typeof JSON.parse> }> {
  const response = await fetch(`${url}/api/predictions${query}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  return { text, json: JSON.parse(text) };
}

const sum = (values: readonly number[]) => values.reduce((total, each) => total + each, 0);
const logOdds = (p: number) => Math.log(p / (1 - p));

test('a record gives its class, and the probability of each', async () => {
  const { json } = await ask(loans.url, '', loan);
  const { prediction, probabilities } = loans.predictor.predict(loan);
  expect(json).toEqual({ prediction, probabilities, target: 'failed', release: loans.predictor.release });
  expect(Object.keys(json.probabilities)).toEqual(['no', 'yes']);
  expect(sum(Object.values(probabilities))).toBeCloseTo(1, 12);
  expect(probabilities[prediction]).toBeGreaterThan(0.5);
});

test('an array gives an array of the same, also of so many that a thread predicts them', async () => {
  const batch = Array.from({ length: 3000 }, (_, i) => ({ ...loan, debt: i % 40 }));
  const { json } = await ask(loans.url, '', batch);
  const { release } = loans.predictor;
  expect(json).toEqual(batch.map((record) => ({ ...loans.predictor.predict(record), target: 'failed', release })));
});

describe('explained', () => {
  test('it says what else it could be, and contributions that sum to the log-odds of the positive class', async () => {
    const { json } = await ask(loans.url, '?explain=true', loan);
    expect(Object.keys(json).sort()).toEqual(
      [
        ...['prediction', 'probabilities', 'set', 'of', 'base', 'contributions', 'method', 'outside'],
        ...['target', 'release'],
      ].sort(),
    );
    expect(json.set).toContain(json.prediction);
    expect(json.of).toBe('yes');
    expect(Object.keys(json.contributions).sort()).toEqual(['debt', 'income', 'purpose']);
    expect(json.base + sum(Object.values(json.contributions))).toBeCloseTo(logOdds(json.probabilities.yes), 6);
  });

  test('of several classes they are of the predicted one', async () => {
    const { json } = await ask(flowers.url, '?explain=true', [flower, { width: 10, height: 14 }]);
    for (const each of json) {
      expect(each.of).toBe(each.prediction);
      expect(each.base + sum(Object.values(each.contributions))).toBeCloseTo(
        logOdds(each.probabilities[each.prediction]),
        6,
      );
    }
    expect(json[0].prediction).not.toBe(json[1].prediction);
  });

  test('what the model has not learned from is told', async () => {
    const { json } = await ask(loans.url, '?explain=true', { ...loan, income: 5000 });
    expect(json.outside).toEqual([expect.objectContaining({ column: 'income', reason: 'above' })]);
  });
});

test('levels of any name are told as they are', async () => {
  const { text, json } = await ask(flowers.url, '', flower);
  expect(Object.keys(JSON.parse(text).probabilities).sort()).toEqual([...levels].sort());
  expect(levels).toContain(json.prediction);
});

test('what is wrong with a record is told as of a number', async () => {
  const { json } = await ask(loans.url, '', { ...loan, purpose: 'yacht' });
  expect(json).toMatchObject({ status: 422, errors: [{ field: 'purpose' }] });
});

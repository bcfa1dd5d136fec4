import { describe, expect, test } from 'vitest';
import { loadRelease, ofNumbers, predictorOf } from '../../../ml/index.ts';
import { houseRows, writeHouses } from '../../houses.ts';
import { recorded } from '../../ml/release/migrations/recorded.ts';
import { serve } from '../serve.ts';

/** Houses whose prices do not follow exactly. */
const writeNoisyHouses = (folder: string) =>
  writeHouses(
    folder,
    houseRows(200).map((row, i) => row.replace(/\d+$/, (price) => String(Number(price) + ((i * 29) % 23)))),
  );
const served = serve(writeNoisyHouses);
/** Much like some that were learned from. */
const good = { area: 83, rooms: 1, heating: 'gas' };
const post = (query: string, body: unknown) =>
  fetch(`${served.url}/api/predictions${query}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
const answerTo = async (query: string, body: unknown) => (await post(query, body)).json();

interface Answer {
  readonly prediction: number;
  readonly interval: readonly [number, number];
  readonly base: number;
  readonly contributions: Readonly<Record<string, number>>;
}

test('a record gives its prediction with the interval, contributions that sum to it, and what was not learned from', async () => {
  const answer = (await answerTo('?explain=true', good)) as Answer;
  const { prediction, interval, base, contributions } = answer;
  expect(answer).toEqual({
    prediction: served.predictor.predict(good),
    interval: [expect.any(Number), expect.any(Number)],
    base: expect.any(Number),
    contributions: { area: expect.any(Number), rooms: expect.any(Number), heating: expect.any(Number) },
    outside: [],
    method: 'exact',
    target: 'price',
    release: served.predictor.release,
  });
  expect(interval[0]).toBeLessThan(prediction);
  expect(interval[1]).toBeGreaterThan(prediction);
  expect(base + Object.values(contributions).reduce((sum, each) => sum + each, 0)).toBeCloseTo(prediction, 9);
});

test('what lies outside of what was learned is said with the prediction', async () => {
  expect(await answerTo('?explain=true', { ...good, area: 500 })).toMatchObject({
    outside: [{ column: 'area', reason: 'above', message: expect.any(String) }],
  });
});

test('an array gives an array of the same', async () => {
  const one = await answerTo('?explain=true', good);
  const other = await answerTo('?explain=true', { ...good, rooms: 4 });
  expect(await answerTo('?explain=true', [good, { ...good, rooms: 4 }])).toEqual([one, other]);
  expect(await answerTo('?explain=true', [])).toEqual([]);
});

test('a batch, in a thread, is explained like each of its records', async () => {
  const batch = Array.from({ length: 2000 }, (_, i) => ({ ...good, area: 20 + (i % 200) }));
  const answers = (await answerTo('?explain=true', batch)) as Answer[];
  expect(answers).toEqual(batch.map((record) => expect.objectContaining({ ...served.predictor.explain(record) })));
});

test('without it, or where it is false, an answer has what it always had', async () => {
  const plain = { prediction: served.predictor.predict(good), target: 'price', release: served.predictor.release };
  expect(await answerTo('', good)).toEqual(plain);
  expect(await answerTo('?explain=false', good)).toEqual(plain);
  expect(await answerTo('?explain=false', [good])).toEqual([plain]);
});

describe('a problem is told as RFC 9457 has it', () => {
  test.each([
    ['?explain=yes', '"yes"'],
    ['?explain', '""'],
    ['?explain=', '""'],
    ['?explain=true&explain=true', '["true","true"]'],
    [`?explain=${'x'.repeat(500)}`, `"${'x'.repeat(38)}…`],
  ])('%s is neither yes nor no', async (query, given) => {
    const response = await post(query, good);
    expect(response.status).toBe(400);
    expect(response.headers.get('Content-Type')).toMatch('application/problem+json');
    expect(await response.json()).toMatchObject({
      status: 400,
      detail: `explain is ${given}; it must be true or false: /api/predictions?explain=true.`,
    });
  });

  test('of a record, by its field', async () => {
    expect(await answerTo('?explain=true', [good, { ...good, rooms: 0 }])).toMatchObject({
      status: 422,
      errors: [{ field: 'rooms', pointer: '#/1/rooms', detail: 'must be a whole number from 1 to 20' }],
    });
  });

  test('of a batch that is larger than what is explained', async () => {
    const large = new Array(8000).fill(good);
    expect((await post('', large)).status).toBe(200);
    const response = await post('?explain=true', large);
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({
      detail: 'The body is too large: at most 262,144 bytes are read here.',
    });
  });
});

test('a release of an older format has no intervals, and says so', async () => {
  const { artifacts, answers } = recorded('format-4/xgboost');
  const { explain, predict } = ofNumbers(predictorOf(await loadRelease(artifacts)));
  const [first] = answers;
  const explanation = explain(first?.record);
  expect(explanation).toMatchObject({ prediction: predict(first?.record), interval: null });
  const sum = Object.values(explanation.contributions).reduce((total, each) => total + each, explanation.base);
  expect(sum).toBeCloseTo(explanation.prediction, 6);
});

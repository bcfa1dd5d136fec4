import { describe, expect, test } from 'vitest';
import { numberOutcomeOf } from '../../../app/pages/form/outcome.ts';
import type { Explanation } from '../../../ml/index.ts';
import { houseRows, houses, writeHouses } from '../../houses.ts';
import { serve } from '../serve.ts';

const [area, rooms, heating, price] = houses.columns;
/** Prices that do not follow exactly, of a target without a range. */
const served = serve((folder) =>
  writeHouses(
    folder,
    houseRows(200).map((row, i) => row.replace(/\d+$/, (price) => String(Number(price) + ((i * 29) % 23)))),
  ),
);

async function page(form: Record<string, string>): Promise<string> {
  const response = await fetch(served.url, { method: 'POST', body: new URLSearchParams(form) });
  const html = await response.text();
  return html.replaceAll(/\s+/g, ' ');
}

/** Much like some that were learned from. */
const good = { area: '83', rooms: '1', heating: 'gas' };

test('the interval stands beside the prediction, on its scale and in words, in place of the mean error', async () => {
  const html = await page(good);
  const { interval } = served.predictor.explain({ area: 83, rooms: 1, heating: 'gas' });
  const [low, high] = (interval ?? []).map((end) => Math.round(end));
  expect(html).toContain(
    `In nine of ten cases the true value is <strong>${low} to ${high} k€</strong>: the shaded part`,
  );
  expect(html).not.toContain('the model was off by');
  const [, from, width] = /class="band" x="([^"]*)" y="2" width="([^"]*)"/.exec(html) ?? [];
  expect(Number(from)).toBeGreaterThan(0);
  expect(Number(width)).toBeGreaterThan(0);
});

test('before anything is sent, the page tells the mean error', async () => {
  const html = await (await fetch(served.url)).text();
  expect(html).toContain('the model was off by');
  expect(html).not.toContain('In nine of ten cases');
  expect(html).not.toContain('What made it');
});

test('what made the prediction stands in words, the strongest first', async () => {
  const html = await page({ ...good, area: '200', rooms: '9' });
  const { contributions, base } = served.predictor.explain({ area: 200, rooms: 9, heating: 'gas' });
  expect(html).toContain(`The model expects ${Math.round(base)} on average. From there:`);
  expect(html).toContain(
    `<li><strong>Floor area 200</strong> raised it by ${Math.round(contributions.area ?? 0)}</li>`,
  );
  const order = ['Floor area 200', 'Rooms 9', 'Heating gas'].map((what) => html.indexOf(`<strong>${what}</strong>`));
  expect(order.every((at) => at > 0)).toBe(true);
  expect(html).toMatch(/<strong>Heating gas<\/strong> lowered it by \d/);
});

test('a value that is not known has its part, and a level is text', async () => {
  const html = await page({ ...good, heating: ' not known' });
  expect(html).toContain('<strong>Heating (not known)</strong>');
});

test('what lies outside of what was learned is told before the number is used', async () => {
  const html = await page({ ...good, area: '500' });
  const [outside] = served.predictor.explain({ area: 500, rooms: 1, heating: 'gas' }).outside;
  expect(html).toContain(`<li>${outside?.message}.</li>`);
  expect(await page(good)).not.toContain('class="outside"');
});

describe('an outcome', () => {
  const explanation: Explanation = {
    prediction: 120,
    interval: [100, 150],
    base: 90,
    contributions: { area: 40, rooms: -10, heating: 0 },
    method: 'exact',
    outside: [],
  };
  const record = { area: 100, rooms: null, heating: 'gas' };
  const of = (changes: Partial<Explanation>) =>
    numberOutcomeOf({ ...explanation, ...changes }, record, served.predictor);

  test('names no field that changed nothing among the strongest, and what the others did', () => {
    expect(of({}).reasons).toEqual({
      base: '90',
      strongest: [
        { what: `${area?.title} 100`, did: 'raised it by 40' },
        { what: `${rooms?.title} (not known)`, did: 'lowered it by 10' },
      ],
      others: { what: 'The other field', did: 'changed nothing' },
      isEstimated: false,
    });
    expect(of({ method: 'sampled' }).reasons?.isEstimated).toBe(true);
    const all = of({ contributions: { area: 1, rooms: 2, heating: -3 } }).reasons;
    expect(all?.strongest.map(({ what }) => what)).toEqual([
      `${heating?.title} gas`,
      `${rooms?.title} (not known)`,
      `${area?.title} 100`,
    ]);
    expect(all?.others).toBeUndefined();
  });

  test('tells of a few things that lie outside, and counts the others', () => {
    const outside = Array.from({ length: 9 }, (_, i) => ({
      column: null,
      reason: 'unseen' as const,
      message: `it ${i}`,
    }));
    expect(of({ outside }).outside).toEqual([
      'it 0.',
      'it 1.',
      'it 2.',
      'it 3.',
      '… and 5 more that it has not learned from.',
    ]);
  });

  test('has no reasons where no field changed anything', () => {
    expect(of({ contributions: { area: 0, rooms: 0, heating: 0 } }).reasons).toBeUndefined();
  });

  test('of a release without intervals is what it was: give or take the mean error', () => {
    const { interval, scale } = of({ interval: null });
    expect(interval).toBeUndefined();
    const { typicalError } = served.predictor;
    const { low, high, width } = scale as NonNullable<typeof scale>;
    const span = Number(high.replaceAll(',', '')) - Number(low.replaceAll(',', ''));
    expect(price).toMatchObject({ min: 0 });
    expect(width / 100).toBeCloseTo((2 * typicalError) / span, 1);
  });
});

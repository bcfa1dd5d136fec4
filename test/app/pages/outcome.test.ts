import { describe, expect, test } from 'vitest';
import { numberOutcomeOf } from '../../../app/pages/form/outcome.ts';
import { type Explanation, formatRounded } from '../../../ml/index.ts';
import { houseRows, houses, writeHouses } from '../../houses.ts';
import { serve } from '../serve.ts';

const [area, rooms, heating] = houses.columns;
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

const texts = (html: string, pattern: RegExp) => [...html.matchAll(pattern)].map(([, text]) => text);

/** Much like some that were learned from. */
const good = { area: '83', rooms: '1', heating: 'gas' };

test('the interval stands beside the prediction, on its scale and in words, in place of the mean error', async () => {
  const html = await page(good);
  const { interval } = served.predictor.explain({ area: 83, rooms: 1, heating: 'gas' });
  const [low, high] = (interval ?? []).map((end) => Math.round(end));
  expect(html).toContain(
    `In nine of ten cases the true value is <strong>${low} to ${high} k€</strong>: the shaded part. Bars: the rows`,
  );
  expect(html).not.toContain('the model was off by');
  const [, from, width] = /band" x="([^"]*)" y="6" width="([^"]*)"/.exec(html) ?? [];
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
    `<strong>Floor area</strong> 200</span> <span class="did">raised it by ${Math.round(contributions.area ?? 0)}</span>`,
  );
  const order = ['Floor area</strong> 200', 'Rooms</strong> 9', 'Heating</strong> gas'].map((what) =>
    html.indexOf(`<strong>${what}</span>`),
  );
  expect(order.every((at) => at > 0)).toBe(true);
  expect(html).toMatch(/<strong>Heating<\/strong> gas<\/span> <span class="did">lowered it by \d/);
  expect(texts(html, /<rect class="(raised|lowered)"/g)).toContain('lowered');
});

test('a value that is not known has its part, and a level is text', async () => {
  const html = await page({ ...good, heating: ' not known' });
  expect(html).toContain('<strong>Heating</strong> (not known)');
});

test('what lies outside of what was learned is told before the number is used', async () => {
  const html = await page({ ...good, area: '500' });
  const [outside] = served.predictor.explain({ area: 500, rooms: 1, heating: 'gas' }).outside;
  expect(html).toContain(`<li dir="auto">${outside?.message}.</li>`);
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
        { what: area?.title, value: '100', did: 'raised it by 40', bar: { way: 'raised', from: 20, width: 80 } },
        {
          what: rooms?.title,
          value: '(not known)',
          did: 'lowered it by 10',
          bar: { way: 'lowered', from: 0, width: 20 },
        },
      ],
      others: { what: 'The other field', did: 'changed nothing', bar: { way: 'raised', from: 20, width: 0 } },
      zero: 20,
      isEstimated: false,
    });
    expect(of({ method: 'sampled' }).reasons?.isEstimated).toBe(true);
    const all = of({ contributions: { area: 1, rooms: 2, heating: -3 } }).reasons;
    expect(all?.strongest.map(({ what }) => what)).toEqual([heating?.title, rooms?.title, area?.title]);
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
    const { interval, chart } = of({ interval: null });
    expect(interval).toBeUndefined();
    const typicalError = served.predictor.typicalError as number;
    expect(chart?.svg).toContain(`from ${formatRounded(120 - typicalError)} to ${formatRounded(120 + typicalError)}`);
  });

  test('stands among the rows that were learned from, as far as the release knows them', () => {
    const { data } = served.predictor.manifest;
    const { histogram, ...target } = data.target ?? { min: 0, max: 0 };
    expect(histogram?.shares.reduce((sum, share) => sum + share)).toBeCloseTo(1);
    expect(of({}).chart).toMatchObject({ hasRows: true, svg: expect.stringContaining('Most rows that were learned') });
    const manifest = { ...served.predictor.manifest, data: { ...data, target } };
    const before = numberOutcomeOf(explanation, record, { ...served.predictor, manifest });
    expect(before.chart).toMatchObject({ hasRows: false, svg: expect.not.stringContaining('Most rows') });
  });

  test('of skewed numbers stands on a logarithmic axis, even where its interval goes below 0', () => {
    const { manifest, target } = served.predictor;
    const histogram = { edges: [1, 10, 100, 1000], shares: [0.2, 0.5, 0.3], scale: 'log' as const };
    const skewed = { ...manifest, data: { ...manifest.data, target: { min: 2, max: 900, histogram } } };
    const { chart } = numberOutcomeOf({ ...explanation, interval: [-5, 150] }, record, {
      ...served.predictor,
      manifest: skewed,
      target: { ...target, min: 0 },
    });
    expect(chart?.svg).toContain('on a scale from 2 to 900');
    expect(chart?.svg).not.toContain('NaN');
  });
});

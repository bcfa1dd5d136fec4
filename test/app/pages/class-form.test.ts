import { describe, expect, test } from 'vitest';
import { classOutcomeOf } from '../../../app/pages/form/class-outcome.ts';
import type { ClassExplanation } from '../../../ml/index.ts';
import { writeFlowers, writeLoans } from '../../class-data.ts';
import { serveClasses } from '../serve.ts';

const loans = serveClasses(writeLoans);
const loan = { income: '30', debt: '25', purpose: 'boat' };
const flowers = serveClasses((folder) => writeFlowers(folder, ['rose', 'iris', '<b>lily</b>']));

async function page(url: string, form?: Record<string, string>): Promise<{ status: number; html: string }> {
  const response = await fetch(url, form ? { method: 'POST', body: new URLSearchParams(form) } : {});
  return { status: response.status, html: (await response.text()).replaceAll(/\s+/g, ' ') };
}

const texts = (html: string, pattern: RegExp) => [...html.matchAll(pattern)].map((match) => match.slice(1).join(' '));

test('the class is the answer, with a bar and a number for each probability, the largest first', async () => {
  const { status, html } = await page(loans.url, loan);
  const { prediction, probabilities } = loans.predictor.predict({ income: 30, debt: 25, purpose: 'boat' });
  expect(status).toBe(200);
  expect(html).toContain(`<output id="prediction-value" dir="auto">${prediction}</output>`);
  expect(html).toContain(`<title>${prediction} · Failed · Loans that fail</title>`);
  const shown = texts(html, /<span class="label" dir="auto">([^<]*)<\/span> <span class="share">([^<]*)<\/span>/g);
  const other = prediction === 'yes' ? 'no' : 'yes';
  expect(shown.map((text) => text.split(' ')[0])).toEqual([prediction, other]);
  const widths = texts(html, /<rect class="fill" x="0" y="0" width="([^"]*)"/g).map(Number);
  expect(widths).toEqual([prediction, other].map((level) => 100 * (probabilities[level] as number)));
});

test('what it could be, and what made it, stand in words', async () => {
  const { html } = await page(loans.url, loan);
  const { set } = loans.predictor.explain({ income: 30, debt: 25, purpose: 'boat' });
  expect(texts(html, /<p class="set">(.*?)<\/p>/g)).toEqual([
    set?.length === 0
      ? expect.stringContaining('None of the classes is likely')
      : expect.stringContaining(`<strong dir="auto">${set?.[0]}</strong>`),
  ]);
  expect(html).toMatch(/The model starts from [\d.]+ % for “yes”\. From there:/);
  expect(html).toMatch(/<strong>Purpose<\/strong> boat<\/span> <span class="did">(raised|multiplied) the odds by /);
});

test('a level is text, never markup', async () => {
  const { html } = await page(flowers.url, { width: '10', height: '10' });
  expect(html).toContain('&lt;b&gt;lily&lt;/b&gt;');
  expect(html).not.toContain('<b>');
});

test('before anything is sent the page tells how often the model is right', async () => {
  const { html } = await page(loans.url);
  expect(html).toMatch(/never seen, the model named the right class in <strong>[\d.]+ %<\/strong> of them\./);
  expect(html).not.toContain('class="probabilities"');
});

describe('the threshold', () => {
  const costsIn = (html: string) =>
    ['at', 'flagged', 'precision', 'recall'].map(
      (name) => texts(html, new RegExp(`id="threshold-${name}"[^>]*>([^<]*)<`, 'g'))[0],
    );

  test('is even before it is moved, and says what it costs', async () => {
    const { html } = await page(loans.url);
    const [at, flagged, precision, recall] = costsIn(html);
    expect(at).toBe('50 %');
    expect(Number(flagged)).toBeGreaterThan(0);
    expect(precision).toMatch(/^[\d.]+ %$/);
    expect(recall).toMatch(/^[\d.]+ %$/);
    expect(html).toMatch(/Counted on 80 held-out rows, \d+ of them “yes”\./);
    expect(html).not.toContain('This record');
  });

  test('that is sent is kept, and what is sent is flagged from there on', async () => {
    const { probabilities } = loans.predictor.predict({ income: 30, debt: 25, purpose: 'boat' });
    const percent = Math.floor(100 * (probabilities.yes as number));
    // Of the places the first nine are tenths of a percent.
    const below = await page(loans.url, { ...loan, 'at-threshold': String(8 + percent) });
    const above = await page(loans.url, { ...loan, 'at-threshold': String(9 + percent) });
    expect(costsIn(below.html)[0]).toBe(`${percent} %`);
    expect(below.html).toContain('is <strong id="threshold-verdict">flagged</strong>');
    expect(above.html).toContain('is <strong id="threshold-verdict">not flagged</strong>');
    const recalls = [below, above].map(({ html }) => Number.parseFloat(costsIn(html)[3] as string));
    expect(recalls[0]).toBeGreaterThanOrEqual(recalls[1] as number);
  });

  test.each(['', 'x', '-1', '1e3', '999', '108'])('of %j is none', async (place) => {
    const { status, html } = await page(loans.url, { ...loan, 'at-threshold': place });
    expect(status).toBe(200);
    expect(costsIn(html)[0]).toBe('50 %');
  });

  test('is there for two classes alone', async () => {
    expect((await page(flowers.url)).html).not.toContain('at-threshold');
  });
});

describe('an outcome', () => {
  const explanation: ClassExplanation = {
    prediction: 'a',
    probabilities: { a: 0.6, b: 0.4 },
    set: ['a'],
    of: 'a',
    base: 0,
    contributions: { income: Math.log(3), debt: Math.log(1.25), purpose: -Math.log(2) },
    method: 'exact',
    outside: [],
  };
  const record = { income: 30, debt: null, purpose: 'boat' };
  const of = (changes: Partial<ClassExplanation>) =>
    classOutcomeOf({ ...explanation, ...changes }, record, loans.predictor);

  test('tells contributions as what they did to the odds', () => {
    expect(of({}).reasons).toMatchObject({
      base: '50 %',
      of: 'a',
      strongest: [
        { what: 'Income', value: '30', did: 'multiplied the odds by 3', bar: { way: 'raised' } },
        { what: 'Purpose', value: 'boat', did: 'lowered the odds by 50\u00a0%', bar: { way: 'lowered' } },
        { what: 'Debt', value: '(not known)', did: 'raised the odds by 25\u00a0%' },
      ],
    });
  });

  test('sums the probabilities of what is beyond ten classes', () => {
    const names = Array.from({ length: 30 }, (_, i) => `level ${i}`);
    const probabilities = Object.fromEntries(names.map((name, i) => [name, i === 3 ? 0.71 : 0.01]));
    const { probabilities: bars } = of({ prediction: 'level 3', probabilities });
    expect(bars).toHaveLength(10);
    expect(bars[0]).toEqual({ label: 'level 3', share: '71 %', width: 71, isPossible: false });
    expect(bars[9]).toMatchObject({ label: 'The 21 others together', share: '21 %' });
  });

  test('names what it could be, and counts what is beyond ten', () => {
    const set = Array.from({ length: 12 }, (_, i) => `level ${i}`);
    expect(of({ set: ['a', 'b'] }).set).toEqual({ lead: 'It could be', names: ['a', 'b'] });
    expect(of({ set: ['a'] }).set).toMatchObject({ lead: 'The model is sure enough of:', names: ['a'] });
    expect(of({ set }).set).toMatchObject({ names: set.slice(0, 10), others: '2 more' });
    expect(of({ set: null }).set).toBeUndefined();
  });

  test('says where it could not well be what is predicted, or any of the classes', () => {
    const doubt = 'Nine in ten records of the class a are predicted more surely.';
    expect(of({ set: ['b'] }).set).toEqual({ lead: 'It could be', names: ['b'], doubt });
    expect(of({ set: [] }).set).toMatchObject({
      lead: expect.stringMatching(/^None of the classes is likely/),
      names: [],
    });
  });
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { serve } from '../serve.ts';

const declaration = {
  name: 'sales',
  title: 'Sales',
  notice: 'These sales are <made up>.',
  file: 'sales.csv',
  target: 'price',
  columns: [
    {
      name: 'income',
      title: 'Income',
      kind: 'numeric',
      min: 0,
      max: 3_610_000,
      unit: 'EUR',
      description: 'Before tax.',
    },
    { name: 'leak', title: 'Leak', kind: 'numeric', min: 1e-9 },
    {
      name: 'region',
      title: 'Region',
      kind: 'categorical',
      levels: ['north', 'not known'],
      description: 'Where it is.',
    },
    { name: 'price', title: 'Price', kind: 'numeric', unit: 'EUR', description: 'As it was sold.' },
  ],
};

/** The price is ten times the income, which goes from 0 to 119,900. */
function writeDataset(folder: string): string {
  const rows = Array.from({ length: 1200 }, (_, i) => `${100 * i},0.5,north,${1000 * i}`);
  writeFileSync(join(folder, 'dataset.json'), JSON.stringify(declaration));
  writeFileSync(join(folder, 'sales.csv'), ['income,leak,region,price', ...rows].join('\n'));
  return folder;
}

const served = serve(writeDataset);

async function page(income?: string): Promise<string> {
  const body = new URLSearchParams([
    ['income', income ?? ''],
    ['leak', '0.5'],
    ['region', 'north'],
  ]);
  return (await fetch(served.url, income === undefined ? {} : { method: 'POST', body })).text();
}

describe('before anything is sent', () => {
  let html: string;
  beforeAll(async () => {
    html = await page();
  });

  test('the notice stands on the page, as text', () => {
    expect(html).toContain('<p class="notice" dir="auto">These sales are &lt;made up&gt;.</p>');
  });

  test('what a column is stands beside its field, and is read out with it', () => {
    expect(html).toContain('<small class="hint" id="income-description" dir="auto">Before tax.</small>');
    expect(html).toMatch(/<input[^>]* name="income"[^>]* aria-describedby="income-description income-hint"/);
    expect(html).toContain('<small class="hint" id="region-description" dir="auto">Where it is.</small>');
    expect(html).toMatch(/<select[^>]* name="region"[^>]* aria-describedby="region-description"/);
    expect(html).toContain('<p class="note" dir="auto">As it was sold.</p>');
  });

  test('numbers are in groups, and powers where zeros would hide them', () => {
    expect(html).toContain('id="income-hint">0 to 3,610,000 EUR</small>');
    expect(html).toContain('id="leak-hint">at least 1 × 10⁻⁹</small>');
    expect(html).toContain('<dd>960 rows</dd>');
    expect(html).toMatch(/<input[^>]* name="income"[^>]* min="0" max="3610000"/);
  });

  test('not to know has another name where a level has that', () => {
    expect(html).toContain('<option value=" not known">No answer</option>');
    expect(html).toContain('<option value="not known">not known</option>');
  });
});

describe('a target without a range', () => {
  const scale = (html: string) => {
    const [, label] = /class="value-chart"[^>]* aria-label="([^"]*)"/.exec(html) ?? [];
    const [, x, width] = /band" x="([^"]*)" y="6" width="([^"]*)"/.exec(html) ?? [];
    return { label, x: Number(x), width: Number(width) };
  };

  test('has a scale from the smallest to the largest that was learned from', async () => {
    const { min, max } = served.predictor.manifest.data.target as { min: number; max: number };
    expect([min, max]).toEqual([expect.closeTo(0, -4), expect.closeTo(1_199_000, -4)]);
    const html = await page('60000');
    const { label, x, width } = scale(html);
    expect(label).toMatch(/^600,000, from [\d,]+ to [\d,]+, on a scale from [\d,]+ to 1,19\d,\d{3}\. Most rows/);
    expect(x).toBeGreaterThan(145);
    expect(x).toBeLessThan(155);
    expect(width).toBeGreaterThan(0);
    expect(html).toContain('Bars: the rows that it learned from.');
  });

  test('reaches as far as a prediction beyond that', async () => {
    const html = await page('3000000');
    const { label, x, width } = scale(html);
    expect(label).toMatch(/ on a scale from [\d,]+ to 30,0\d\d,\d{3}\. /);
    expect(x + width).toBeGreaterThan(293);
  });
});

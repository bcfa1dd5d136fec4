import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Column } from '../../../ml/index.ts';
import { serve } from '../serve.ts';

// More fields than a form usually has, and a list of levels that is long in both directions.
const numbers = Array.from(
  { length: 600 },
  (_, i): Column => ({ name: `band_${i}`, title: `Band ${i}`, kind: 'numeric' }),
);
const level = (i: number) => `Größe ${'&'.repeat(200)} ${i}`;
const sizes: Column = {
  name: 'size',
  title: 'Size',
  kind: 'categorical',
  levels: Array.from({ length: 3000 }, (_, i) => level(i)),
};

function writeDataset(folder: string): string {
  const columns = [...numbers, sizes, { name: 'y', title: 'Y', kind: 'numeric' }];
  const declaration = { name: 'wide', title: 'Wide', file: 'wide.csv', target: 'y', columns };
  writeFileSync(join(folder, 'dataset.json'), JSON.stringify(declaration));
  const rows = Array.from({ length: 40 }, (_, i) => [
    ...numbers.map((_, j) => (i * (j + 3)) % 17),
    level(i % 2),
    5 * (i % 2),
  ]);
  writeFileSync(
    join(folder, 'wide.csv'),
    [columns.map(({ name }) => name), ...rows].map((row) => row.join(',')).join('\n'),
  );
  return folder;
}

const served = serve(writeDataset, { model: 'decision_tree' });

test('a record of every declared field, however long its values, fits the form and the API', async () => {
  const record = Object.fromEntries(numbers.map(({ name }, i) => [name, i % 17]));
  const values = Object.entries(record).map(([name, value]): [string, string] => [name, value.toFixed(40)]);
  const form = await fetch(served.url, { method: 'POST', body: new URLSearchParams([...values, ['size', level(1)]]) });
  const html = await form.text();
  expect(form.status).toBe(200);
  const api = await fetch(`${served.url}/api/predictions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ ...record, size: level(1) }, null, 2),
  });
  const { prediction } = (await api.json()) as { prediction: number };
  expect(html.includes(`<output id="prediction-value">${prediction}</output>`)).toBe(true);
});

test('a form of nothing but what is not known fits too', async () => {
  const body = new URLSearchParams();
  for (const { name } of numbers) {
    body.append(name, '');
    body.append('not-known', name);
  }
  body.set('size', ' not known');
  expect((await fetch(served.url, { method: 'POST', body })).status).toBe(200);
});

test('what is wrong is told in short, however much there is', async () => {
  const response = await fetch(`${served.url}/api/predictions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ size: 'none' }),
  });
  const text = await response.text();
  expect(response.status).toBe(422);
  expect(JSON.parse(text)).toMatchObject({ total: 601 });
  expect(text.length).toBeLessThan(20_000);
  const wrong = await fetch(served.url, { method: 'POST', body: new URLSearchParams({ size: 'none', colour: 'red' }) });
  const html = await wrong.text();
  expect(wrong.status).toBe(422);
  expect(html.includes('602 fields need another look')).toBe(true);
  expect(/id="size-error">([^<]*)/.exec(html)?.[1]).toMatch(/^must be one of: Größe .*… \(3,000 in all\)$/);
  expect(html.match(/<small class="error"/g)).toHaveLength(601);
  expect(html.includes('<li>… and 581 more</li>')).toBe(true);
});

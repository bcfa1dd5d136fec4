import { expect, it } from 'vitest';
import { DataError } from '../../../../ml/core/errors.ts';
import { DistinctValues } from '../../../../ml/data/inference/distinct-values.ts';
import { summarizeRows } from '../../../../ml/data/inference/summarize-rows.ts';

function* rows(count: number, make: (i: number) => string[]) {
  for (let i = 0; i < count; i++) yield { line: i + 2, cells: make(i) };
}

it('keeps exact counts while texts are few, and an estimate beyond', () => {
  const few = new DistinctValues(100);
  const many = new DistinctValues(1000);
  for (let i = 0; i < 30_000; i++) {
    few.add(`value ${i % 90}`);
    many.add(`value ${i % 15_000}`);
  }
  expect([few.isExact, few.distinct]).toEqual([true, 90]);
  expect(few.counts().get('value 7')).toBe(334);
  expect(many.isExact).toBe(false);
  expect(many.distinct).toBeGreaterThan(13_000);
  expect(many.distinct).toBeLessThan(17_000);
  expect(many.counts().size).toBeLessThanOrEqual(1000);
  // Of what is kept every row was counted.
  expect(new Set(many.counts().values())).toEqual(new Set([2]));
});

it('sees the same of many rows as of few, in bounded memory', async () => {
  const header = ['id', 'value', 'city', 'missing'];
  const told: number[] = [];
  const summary = await summarizeRows(
    {
      name: 'big.csv',
      place: 'line',
      header,
      rows: rows(60_000, (i) => [
        String(i),
        String((i * 7919) % 50_021),
        `city ${i % 7}`,
        i % 10 === 0 ? 'NA' : `${i}.5`,
      ]),
    },
    (count) => told.push(count),
  );
  const [id, value, city, missing] = summary.columns;
  expect(told).toEqual([10_000, 20_000, 30_000, 40_000, 50_000, 60_000]);
  expect([summary.rows, summary.sample.length, summary.duplicates]).toEqual([60_000, 20_000, 0]);
  expect(id?.countsFrom).toBe(0);
  expect(value?.values.isExact).toBe(false);
  expect(value?.facts.numbers.under({ decimal: '.', thousands: undefined })).toEqual({
    count: 60_000,
    min: 0,
    max: 50_020,
    isWhole: true,
  });
  expect(city?.values.counts().get('city 3')).toBe(8571);
  expect(missing?.facts.tokens).toEqual(new Map([['NA', 6000]]));
  // Drawn from all over the file, and in its order.
  const drawn = summary.sample.map(([first]) => Number(first));
  expect(drawn).toEqual(drawn.toSorted((a, b) => a - b));
  expect(drawn.at(-1)).toBeGreaterThan(59_000);
});

it('counts rows that repeat earlier ones', async () => {
  const summary = await summarizeRows({
    name: 'x',
    place: 'line',
    header: ['a', 'b'],
    rows: rows(100, (i) => [`${i % 30}`, 'x']),
  });
  expect(summary.duplicates).toBe(70);
});

it('refuses rows that cannot be read, and a header alone', async () => {
  const bad = [{ line: 3, cells: [], problem: '3 cells where the header has 2' }];
  await expect(summarizeRows({ name: 'x', place: 'line', header: ['a', 'b'], rows: bad })).rejects.toThrow(DataError);
  await expect(summarizeRows({ name: 'x', place: 'line', header: ['a', 'b'], rows: [] })).rejects.toThrow('no rows');
});

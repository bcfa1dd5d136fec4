import { expect, it } from 'vitest';
import { RandomStream } from '../../../../ml/core/random-stream.ts';
import { cells, decideRows } from './decide-rows.ts';

/** The range that is declared of a column of numbers. */
async function rangeOf(values: readonly number[]) {
  const { declaration } = await decideRows({ value: values.map(String) });
  const [column] = declaration.columns;
  if (column?.kind !== 'numeric') throw new Error(`it is ${column?.kind}`);
  return { min: column.min ?? -Infinity, max: column.max ?? Infinity };
}

const random = new RandomStream(11);
const normal = () => Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());

it.each<[string, number, () => number]>([
  ['uniform', 100, () => 10 + 90 * random.uniform()],
  ['normal', 200, () => 170 + 8 * normal()],
  ['exponential', 200, () => -40 * Math.log(1 - random.uniform())],
  ['log-normal', 1000, () => 30_000 * Math.exp(0.7 * normal())],
  ['heavy-tailed', 1000, () => 10 / (1 - random.uniform())],
  ['mostly 0', 1000, () => (random.uniform() < 0.95 ? 0 : -5 * Math.log(1 - random.uniform()))],
])('a range of some %s numbers holds two hundred times as many', async (_, count, draw) => {
  const { min, max } = await rangeOf(Array.from({ length: count }, draw));
  for (let i = 0; i < 200 * count; i++) {
    const value = draw();
    if (value < min || value > max) throw new Error(`${value} is not from ${min} to ${max}`);
  }
});

it('refuses what lost its point, where numbers are no further apart than that', async () => {
  const { min, max } = await rangeOf(Array.from({ length: 400 }, () => Number((170 + 8 * normal()).toFixed(1))));
  expect([min > 17, max < 1000]).toEqual([true, true]);
});

it.each([
  ['ratings', cells(100, (i) => 1 + (i % 5)), { min: 0, max: 6 }],
  ['years', cells(93, (i) => 1990 + (i % 31)), { min: 1960, max: 2050 }],
  ['shares', cells(100, (i) => (i % 100) / 100), { min: 0, max: 1 }],
])('leaves %s where they end', async (_, texts, range) => {
  expect(await rangeOf(texts.map(Number))).toEqual(range);
});

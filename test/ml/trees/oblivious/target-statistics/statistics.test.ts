import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom, permutation } from '../../../../../ml/core/random.ts';
import { startEngine } from '../../../../../ml/trees/oblivious/kernel/engine.ts';
import { binOf, type Category, type Projection } from '../../../../../ml/trees/oblivious/scoring/candidate.ts';
import { Grouped } from '../../../../../ml/trees/oblivious/target-statistics/fold.ts';
import { Grouping, project } from '../../../../../ml/trees/oblivious/target-statistics/groups.ts';
import { FREQUENCY, PRIORS, targetBorder } from '../../../../../ml/trees/oblivious/target-statistics/statistics.ts';

const category = (column: number, size: number, ...codes: number[]): Category => ({
  column,
  size,
  codes: Int32Array.from(codes),
});
const inOrder = (rows: number) => Uint32Array.from({ length: rows }, (_, i) => i);

function bins(projection: Projection, isHigh: Uint8Array, order: Uint32Array): Uint8Array[] {
  const grouped = new Grouped([isHigh], isHigh.length, startEngine(1));
  const candidates = grouped.describe(projection, grouped.keep(order));
  return candidates.map((candidate) => Uint8Array.from(isHigh, (_, row) => binOf(candidate, row)));
}

const one = (...categories: Category[]) => project(categories, []) as Projection;

test('a row is described by the targets of earlier rows of its group', () => {
  const result = bins(one(category(0, 3, 0, 0, 1, 0, 0)), Uint8Array.of(1, 0, 1, 1, 0), inOrder(5));
  // (high + prior) ÷ (rows + 1) in fifteenths, for 0/0, 1/1, 0/0, 1/2 and 2/3 earlier rows of the group.
  const expected = (prior: number) => [prior, (1 + prior) / 2, prior, (1 + prior) / 3, (2 + prior) / 4];
  PRIORS.forEach((prior, i) => {
    expect(result[i]).toEqual(Uint8Array.from(expected(prior), (value) => Math.floor(15 * value + 1e-6)));
  });
  // Four rows and one, of at most four, plus one.
  expect(result[FREQUENCY]).toEqual(Uint8Array.of(12, 12, 3, 12, 12));
});

test('a row’s own target, and those of later rows, make no difference to it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(3), fc.boolean()), { minLength: 1, maxLength: 150 }),
      fc.nat(),
      (rows, seed) => {
        const codes = rows.map(([code]) => code);
        const isHigh = Uint8Array.from(rows, ([, high]) => (high ? 1 : 0));
        const order = permutation(rows.length, createRandom(seed));
        const at = seed % rows.length;
        const flipped = isHigh.slice();
        for (const row of order.subarray(at)) flipped[row] = 1 - (flipped[row] as number);
        const before = bins(one(category(0, 5, ...codes)), isHigh, order);
        const after = bins(one(category(0, 5, ...codes)), flipped, order);
        for (const row of order.subarray(0, at + 1))
          for (const statistic of before.keys()) expect(after[statistic]?.[row]).toBe(before[statistic]?.[row]);
      },
    ),
  );
});

test('categories taken together are one of each pair', () => {
  const a = category(0, 3, 0, 0, 1, 1, 0);
  const b = category(1, 2 ** 20, 0, 5, 0, 5, 5);
  const { groupOf, keys } = new Grouping(5, startEngine(1)).group(one(b, a));
  expect([...groupOf]).toEqual([0, 1, 2, 3, 1]);
  expect(keys).toEqual(Float64Array.of(0, 5, 2 ** 20, 2 ** 20 + 5));
});

test('a category is not combined with itself, nor are more groups made than numbers can tell apart', () => {
  const large = (column: number) => category(column, 2 ** 27, 0);
  expect(project([large(0), large(0)], [])).toBeUndefined();
  expect(project([large(0), large(1)], [])).toBeUndefined();
  expect(project([large(0)], [])?.size).toBe(2 ** 27);
});

test('targets are split into halves, the lower of two borders that split as evenly', () => {
  expect(targetBorder(Float64Array.of(9, 1, 2, 8, 3, 7))).toBe(5);
  expect(targetBorder(Float64Array.of(1, 3, 5, 4, 2))).toBe(2.5);
  expect(targetBorder(Float64Array.of(1, 1, 1, 2))).toBe(1.5);
});

test('of several borders each has its statistics, and how many rows a group has is told once', () => {
  const classes = [0, 2, 1, 2, 0, 1, 2];
  const above = [0.5, 1.5].map((border) => Uint8Array.from(classes, (own) => (own > border ? 1 : 0)));
  const projection = one(category(0, 3, 0, 0, 1, 0, 0, 1, 2));
  const grouped = new Grouped(above, classes.length, startEngine(1));
  const candidates = grouped.describe(projection, grouped.keep(inOrder(classes.length)));
  expect(candidates.map(({ border, statistic }) => [border, statistic])).toEqual([
    [0, 0],
    [0, 1],
    [0, 2],
    [1, 0],
    [1, 1],
    [1, 2],
    [1, FREQUENCY],
  ]);
  const binsOf = (of: Uint8Array) => bins(projection, of, inOrder(classes.length));
  const expected = above.flatMap((of, border) => binsOf(of).slice(0, border === 1 ? undefined : FREQUENCY));
  expect(candidates.map((candidate) => Uint8Array.from(classes, (_, row) => binOf(candidate, row)))).toEqual(expected);
});

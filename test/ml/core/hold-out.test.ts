import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holdOut } from '../../../ml/core/hold-out.ts';
import { createRandom } from '../../../ml/core/random.ts';
import { forbiddenRows, relatedRows } from './relations-arbitrary.ts';

test('random rows are held out, each row being learned from or held', () => {
  const { learned, held } = holdOut(100, 30, createRandom(1));
  expect(held).toHaveLength(30);
  expect([...learned, ...held].toSorted((a, b) => a - b)).toEqual([...Array(100).keys()]);
  for (const rows of [learned, held]) expect(rows).toEqual(rows.toSorted());
  expect(holdOut(100, 30, createRandom(1)).held).toEqual(held);
  expect(holdOut(100, 30, createRandom(2)).held).not.toEqual(held);
});

test('without random numbers the last rows are', () => {
  expect(holdOut(5, 2)).toEqual({ learned: Uint32Array.of(0, 1, 2), held: Uint32Array.of(3, 4) });
  expect(holdOut(3, 0).held).toHaveLength(0);
});

test('the latest rows are, and none that is as early as one to learn from', () => {
  const times = Float64Array.of(5, 1, 3, 3, 9, 2, 3, 7, 1, 8);
  const held = (count: number) => [...holdOut(10, count, createRandom(1), { times }).held];
  expect(held(2)).toEqual([4, 9]);
  // Three rows are of the time 3.
  expect(held(6)).toEqual([0, 2, 3, 4, 6, 7, 9]);
  expect(held(5)).toEqual([0, 4, 7, 9]);
});

test('whole groups are, about as many rows as asked for', () => {
  const groups = Float64Array.from({ length: 120 }, (_, row) => Math.floor(row / 4) % 10);
  const { learned, held } = holdOut(120, 24, createRandom(3), { groups });
  expect(held).toHaveLength(24);
  expect(learned).toHaveLength(96);
  expect(holdOut(120, 24, createRandom(4), { groups }).held).not.toEqual(held);
});

test('a large group is not held in place of a few rows', () => {
  const groups = Float64Array.from({ length: 50 }, (_, row) => (row < 40 ? 0 : row));
  for (const seed of [1, 2, 3]) expect(holdOut(50, 5, createRandom(seed), { groups }).held).toHaveLength(5);
  const two = Float64Array.from({ length: 50 }, (_, row) => Number(row < 30));
  expect(holdOut(50, 1, createRandom(1), { groups: two }).held).toHaveLength(20);
});

test.each([
  ['group', { groups: new Float64Array(6) }],
  ['time', { times: new Float64Array(6) }],
  ['group at all times', { groups: new Float64Array(6), times: Float64Array.of(0, 1, 2, 3, 4, 5) }],
])('nothing is held, or learned from, where all rows are of one %s', (_, relations) => {
  const { learned, held } = holdOut(6, 2, createRandom(1), relations);
  expect(Math.min(learned.length, held.length)).toBe(0);
});

test('no row of a held group, and none as late as a held row, is learned from', () => {
  fc.assert(
    fc.property(relatedRows(), fc.nat(), fc.double({ min: 0, max: 0.9, noNaN: true }), (some, seed, share) => {
      const { rows, relations } = some;
      const split = holdOut(rows, Math.floor(rows * share), createRandom(seed), relations);
      const forbidden = forbiddenRows(split, rows, relations);
      expect([...split.learned].filter((row) => forbidden.has(row))).toEqual([]);
      for (const side of [split.learned, split.held]) expect(side).toEqual(new Uint32Array(new Set(side)).sort());
      // Only a group and times together leave rows on neither side.
      if (!(relations.groups && relations.times)) expect(split.learned.length + split.held.length).toBe(rows);
    }),
  );
});

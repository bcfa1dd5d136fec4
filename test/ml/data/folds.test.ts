import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DataError } from '../../../ml/core/errors.ts';
import { type FoldOptions, makeFolds } from '../../../ml/data/folds.ts';
import { forbiddenRows, relatedRows } from '../core/relations-arbitrary.ts';

const rows = 52;
const all = Array.from({ length: rows }, (_, i) => i);
const sorted = (values: readonly number[]) => values.toSorted((a, b) => a - b);
const series = (value: (row: number) => number, n = rows) => Float64Array.from({ length: n }, (_, row) => value(row));
const heldIn = (options: FoldOptions, n = rows) => makeFolds(n, 5, 42, options).map(({ held }) => held.length);

test('every row is held out once, in folds of nearly the same size', () => {
  const folds = makeFolds(rows, 5, 42);
  expect(folds.map(({ held }) => held.length)).toEqual([11, 11, 10, 10, 10]);
  expect(sorted(folds.flatMap(({ held }) => [...held]))).toEqual(all);
  for (const { learned, held } of folds) expect(sorted([...learned, ...held])).toEqual(all);
  expect(makeFolds(rows, 5, 42)).toEqual(folds);
  expect(makeFolds(rows, 5, 43)).not.toEqual(folds);
});

test('repeated, each row is held as often, and the first folds are those without repetition', () => {
  const folds = makeFolds(rows, 5, 42, { repeats: 3 });
  expect(folds).toHaveLength(15);
  expect(folds.slice(0, 5)).toEqual(makeFolds(rows, 5, 42));
  expect(folds.slice(5, 10)).not.toEqual(folds.slice(10));
  expect(sorted(folds.flatMap(({ held }) => [...held]))).toEqual(all.flatMap((row) => [row, row, row]));
});

test('repetitions that come out alike count once', () => {
  expect(makeFolds(rows, 5, 42, { repeats: 3, times: series((row) => row) })).toHaveLength(5);
  expect(makeFolds(rows, 5, 42, { repeats: 3, groups: series((row) => row % 2) })).toHaveLength(2);
});

test('whole groups are held, in folds of about the same size', () => {
  const sizes = [12, 9, 8, 7, 5, 4, 3, 2, 1, 1];
  const groups = Float64Array.from(sizes.flatMap((size, group) => new Array<number>(size).fill(group)));
  const folds = makeFolds(rows, 5, 42, { groups });
  expect(folds.map(({ held }) => held.length)).toEqual([12, 10, 10, 10, 10]);
  expect(sorted(folds.flatMap(({ held }) => [...held]))).toEqual(all);
  // Of groups of the same size the seed decides.
  const pairs = series((row) => Math.floor(row / 2));
  expect(makeFolds(rows, 5, 43, { groups: pairs })).not.toEqual(makeFolds(rows, 5, 42, { groups: pairs }));
});

test('there are as many folds as groups, where these are fewer', () => {
  expect(heldIn({ groups: series((row) => row % 3) })).toEqual([18, 17, 17]);
});

test('rows of a missing group belong to none', () => {
  expect(heldIn({ groups: series(() => Number.NaN) })).toEqual([11, 11, 10, 10, 10]);
});

test('blocks of time are held one after the other, and learned is all before them', () => {
  // The file is not in the order of time.
  const times = series((row) => (row * 23) % 60, 60);
  const folds = makeFolds(60, 5, 42, { times });
  expect(folds.map(({ learned, held }) => [learned.length, held.length])).toEqual([
    [10, 10],
    [20, 10],
    [30, 10],
    [40, 10],
    [50, 10],
  ]);
  const last = folds[4];
  expect(Array.from(last?.held ?? [], (row) => times[row] as number).toSorted((a, b) => a - b)[0]).toBe(50);
});

test('rows of the same time stay together, and there are fewer folds where times are few', () => {
  const folds = makeFolds(rows, 5, 42, { times: series((row) => row % 4) });
  expect(folds.map(({ learned, held }) => [learned.length, held.length])).toEqual([
    [13, 13],
    [26, 13],
    [39, 13],
  ]);
});

test('a fold does not learn from next to nothing, where time can be cut later', () => {
  const times = series((row) => (row === 0 ? 0 : row < 30 ? 1 : 2));
  expect(makeFolds(rows, 5, 42, { times }).map(({ learned }) => learned.length)).toEqual([30]);
});

test('of a panel each fold holds other groups, and nothing of them was learned', () => {
  // 20 groups at 12 times each.
  const [groups, times] = [series((row) => row % 20, 240), series((row) => Math.floor(row / 20), 240)];
  const folds = makeFolds(240, 5, 42, { groups, times });
  expect(folds.map(({ learned, held }) => [learned.length, held.length])).toEqual(
    [2, 4, 6, 8, 10].map((earlier) => [16 * earlier, 8]),
  );
  expect(new Set(folds.flatMap(({ held }) => Array.from(held, (row) => groups[row]))).size).toBe(20);
});

test('groups of one time each lose no row', () => {
  const [groups, times] = [series((row) => Math.floor(row / 2), 60), series((row) => Math.floor(row / 10), 60)];
  expect(makeFolds(60, 5, 42, { groups, times })).toEqual(makeFolds(60, 5, 42, { times }));
});

test.each([
  ['group', { groups: series(() => 7) }],
  ['time', { times: series(() => 7) }],
  ['group', { groups: series(() => 7), times: series((row) => row) }],
])('rows of one %s are refused', (what, options) => {
  const make = () => makeFolds(rows, 5, 42, options);
  expect(make).toThrow(DataError);
  expect(make).toThrow(`all rows to learn from are of one ${what}`);
});

test('no row of a held group, and none as late as a held row, is learned from', () => {
  fc.assert(
    fc.property(relatedRows(), fc.nat(), fc.integer({ min: 2, max: 6 }), ({ rows, relations }, seed, k) => {
      let folds: ReturnType<typeof makeFolds>;
      try {
        folds = makeFolds(rows, k, seed, { ...relations, repeats: 1 + (seed % 3) });
      } catch (error) {
        const alike = (values: Float64Array | undefined) => values !== undefined && new Set(values).size === 1;
        if (error instanceof DataError && (alike(relations.groups) || alike(relations.times))) return;
        throw error;
      }
      for (const fold of folds) {
        const forbidden = forbiddenRows(fold, rows, relations);
        expect([...fold.learned].filter((row) => forbidden.has(row))).toEqual([]);
        expect(Math.min(fold.learned.length, fold.held.length)).toBeGreaterThan(0);
        for (const side of [fold.learned, fold.held]) expect(side).toEqual(new Uint32Array(new Set(side)).sort());
      }
    }),
  );
});

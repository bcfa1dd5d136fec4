import { expect, test } from 'vitest';
import { makeFolds } from '../../../ml/data/folds.ts';

const rows = 52;
const all = Array.from({ length: rows }, (_, i) => i);
const sorted = (values: readonly number[]) => values.toSorted((a, b) => a - b);

test('every row is held out once, in folds of nearly the same size', () => {
  const folds = makeFolds(rows, 5, 42);
  expect(folds.map(({ held }) => held.length)).toEqual([11, 11, 10, 10, 10]);
  expect(sorted(folds.flatMap(({ held }) => [...held]))).toEqual(all);
  for (const { learned, held } of folds) expect(sorted([...learned, ...held])).toEqual(all);
  expect(makeFolds(rows, 5, 42)).toEqual(folds);
  expect(makeFolds(rows, 5, 43)).not.toEqual(folds);
});

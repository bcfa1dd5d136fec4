import { expect, test } from 'vitest';
import type { Candidate } from '../../../../ml/selection/candidate.ts';
import { membersForAll, modelsForAll, rowsForAll, secondsForAll } from '../../../../ml/selection/search/for-all.ts';
import { houses } from '../../../houses.ts';

const boosted = (rounds: number): Candidate => ({
  model: 'xgboost',
  params: { n_estimators: rounds, max_depth: 6, learning_rate: 0.1 },
});
const members = [boosted(300), boosted(300), boosted(300)];
const given = { rows: 1_000_000, declaration: houses };

test('the first member learns from all rows in any case, the others as long as there is time', () => {
  expect(membersForAll(members, { ...given, forAll: 0 })).toBe(1);
  expect(membersForAll(members, { ...given, forAll: 1e9 })).toBe(3);
  const counts = [1, 3, 10, 25, 30, 100].map((forAll) => membersForAll(members, { ...given, forAll }));
  expect(counts).toEqual(counts.toSorted((a, b) => a - b));
  expect(new Set(counts)).toContain(2);
});

test('what a member costs goes by its own rounds', () => {
  const [few, many] = [10, 1000].map((rounds) =>
    membersForAll([boosted(10), boosted(rounds), boosted(10)], { ...given, forAll: 15 }),
  );
  expect([few, many]).toEqual([3, 1]);
});

test('a fit learns from as many rows as there is time for, and memory', () => {
  const one = { cost: 100, forAll: 50, declaration: houses, models: ['knn', 'xgboost'] };
  expect(rowsForAll(800_000, one)).toBe(400_000);
  expect(rowsForAll(800_000, { ...one, forAll: 200 })).toBe(800_000);
  const levels = Array.from({ length: 250 }, (_, k) => `level ${k}`);
  const wide = Array.from({ length: 8 }, (_, j) => ({
    name: `c${j}`,
    title: 'C',
    kind: 'categorical' as const,
    levels,
  }));
  const declaration = { ...houses, columns: [...houses.columns, ...wide] };
  const much = { cost: 1, forAll: 1, declaration };
  const limited = rowsForAll(800_000, { ...much, models: ['knn', 'xgboost'] });
  expect(limited).toBeLessThan(300_000);
  // 4 GiB of float64.
  expect(limited * 2000 * 8).toBeLessThan(2 ** 32);
  // Those that read them in blocks need not have them in memory.
  expect(rowsForAll(800_000, { ...much, models: ['ridge', 'xgboost', 'catboost'] })).toBe(800_000);
  // But for bins, which stand twice in 4 GiB: those of some 2,000 columns.
  expect(rowsForAll(8_000_000, { ...much, models: ['ridge'] })).toBe(8_000_000);
  const bins = rowsForAll(8_000_000, { ...much, models: ['ridge', 'xgboost'] });
  expect(bins).toBeGreaterThan(900_000);
  expect(2 * 2000 * bins).toBeLessThan(2 ** 32);
  expect(modelsForAll(['mean', 'ridge', 'knn', 'xgboost'], 800_000, declaration)).toEqual(['mean', 'ridge', 'xgboost']);
  expect(modelsForAll(['mean', 'adaboost'], 800_000, declaration)).toEqual(['mean', 'adaboost']);
  expect(modelsForAll(['knn', 'xgboost'], limited, declaration)).toEqual(['knn', 'xgboost']);
  expect(modelsForAll(['adaboost', 'knn'], 800_000, declaration)).toEqual(['adaboost', 'knn']);
});

test('more threads bring more, less than their number', () => {
  const [one, two, four] = [1, 2, 4].map((threads) => secondsForAll(100, threads)) as [number, number, number];
  expect(two / one).toBeGreaterThan(1.3);
  expect(two / one).toBeLessThan(2);
  expect(four / one).toBeLessThan(4);
});

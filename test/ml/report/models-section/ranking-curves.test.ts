import { expect, test } from 'vitest';
import type { HeldOutClasses } from '../../../../ml/report/card/held-out.ts';
import { rankingCurves } from '../../../../ml/report/models-section/ranking-curves.ts';

/** Rows with their classes, and what each class was given. */
function held(
  truth: readonly number[],
  given: readonly (readonly number[])[],
  weights?: readonly number[],
): HeldOutClasses {
  const outputs = given[0]?.length ?? 0;
  return {
    table: { rows: truth.length, columns: new Map() },
    places: Uint32Array.from(truth.keys()),
    declaration: { name: 'x', title: 'x', file: 'x.csv', target: 'x', columns: [] },
    truth: Float64Array.from(truth),
    errors: new Float64Array(truth.length),
    weights: weights && Float64Array.from(weights),
    holds: undefined,
    probabilities: { rows: truth.length, outputs, values: Float64Array.from(given.flat()) },
    predicted: new Uint32Array(truth.length),
    sets: undefined,
  };
}

const two = (p: number) => [1 - p, p];

test('are the areas that scikit-learn gives its example, of rows in any order', () => {
  // https://scikit-learn.org/stable/modules/generated/sklearn.metrics.roc_auc_score.html: y 0 0 1 1, scores 0.1 0.4 0.35 0.8.
  const [curve] = rankingCurves(held([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8].map(two)), ['no', 'yes'], 'yes');
  expect(curve?.rocAuc).toBeCloseTo(0.75, 12);
  expect(curve?.averagePrecision).toBeCloseTo(0.8333, 4);
  expect(curve?.share).toBe(0.5);
  expect(curve?.roc).toEqual([
    { x: 0, y: 0 },
    { x: 0, y: 0.5 },
    { x: 0.5, y: 0.5 },
    { x: 0.5, y: 1 },
    { x: 1, y: 1 },
  ]);
  expect(curve?.precision.map(({ x, y }) => [x, Number(y.toFixed(4))])).toEqual([
    [0.5, 1],
    [0.5, 0.5],
    [1, 0.6667],
    [1, 0.5],
  ]);
});

test('rows of one probability are flagged together, and weights count as copies of rows', () => {
  const ties = rankingCurves(held([0, 1], [two(0.5), two(0.5)]), ['no', 'yes'], 'yes');
  expect(ties[0]?.rocAuc).toBe(0.5);
  const weighted = rankingCurves(held([0, 0, 1], [0.3, 0.7, 0.5].map(two), [3, 1, 2]), ['no', 'yes'], 'yes');
  const copied = rankingCurves(held([0, 0, 0, 0, 1, 1], [0.3, 0.3, 0.3, 0.7, 0.5, 0.5].map(two)), ['no', 'yes'], 'yes');
  expect(weighted[0]?.rocAuc).toBeCloseTo(copied[0]?.rocAuc as number, 12);
  expect(weighted[0]?.averagePrecision).toBeCloseTo(copied[0]?.averagePrecision as number, 12);
});

test('of several classes there is one for each that has rows and others', () => {
  const truth = [0, 1, 1, 2];
  const given = truth.map((code) => [0, 1, 2, 3].map((each) => (each === code ? 0.7 : 0.1)));
  const curves = rankingCurves(held(truth, given), ['a', 'b', 'c', 'never'], null);
  expect(curves.map(({ level, rocAuc }) => [level, rocAuc])).toEqual([
    ['b', 1],
    ['a', 1],
    ['c', 1],
  ]);
  expect(rankingCurves(held([1, 1], [two(0.5), two(0.6)]), ['no', 'yes'], 'yes')).toEqual([]);
});

test('thousands of rows make a curve of a hundred points or two', () => {
  const rows = 10_000;
  const truth = Array.from({ length: rows }, (_, i) => Number(i % 3 === 0));
  const given = truth.map((code, i) => two((0.2 * code + i / rows) / 1.2));
  const [curve] = rankingCurves(held(truth, given), ['no', 'yes'], 'yes');
  expect(curve?.roc.length).toBeLessThan(210);
  expect(curve?.precision.length).toBeLessThan(250);
  expect(curve?.roc.at(-1)).toEqual({ x: 1, y: 1 });
});

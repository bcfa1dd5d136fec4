import { describe, expect, test } from 'vitest';
import { type Predictions, takePredictions } from '../../../ml/core/predictions.ts';
import type { Declaration } from '../../../ml/data/declaration.ts';
import { makeFolds } from '../../../ml/data/folds.ts';
import type { FittedModel, Model } from '../../../ml/estimators/model.ts';
import { fitSets } from '../../../ml/explain/fit-sets.ts';
import { conformitiesOf, type PredictionSets, setsOf } from '../../../ml/explain/prediction-sets.ts';
import { residualList } from '../../../ml/explain/residual-lists.ts';
import { madeRows } from '../made-classes.ts';

const declarationOf = (classes: number): Declaration => ({
  name: 'made',
  title: 'Made',
  file: 'made.csv',
  target: 'y',
  columns: [
    { name: 'x', title: 'X', kind: 'numeric' },
    { name: 'y', title: 'Y', kind: 'categorical', levels: Array.from({ length: classes }, (_, k) => `c${k}`) },
  ],
});

/** A model of one part, which is not asked. */
const part: FittedModel = {
  estimator: 'mean',
  task: 'regression',
  params: {},
  features: [],
  preprocessor: { recipes: [], columns: [], target: null },
  state: { mean: 0 },
};
const model: Model = { intercept: 0, members: [{ weight: 1, parts: [part] }] };

/** The sets that a model has which says of every row what is true of it. */
function trueSets(offsets: readonly number[], rows: number, seed: number): PredictionSets | null {
  const { truth, real } = madeRows(rows, offsets, { seed });
  const folds = makeFolds(rows, 5, seed);
  const predictions = folds.map(({ held }) => takePredictions(real, held));
  const train = { rows, columns: new Map([['y', truth]]) };
  const unseen = { rows: 0, columns: new Map() };
  return fitSets(
    model,
    { folds, predictions, foldsOfParts: [[null]] },
    { declaration: declarationOf(offsets.length), train, unseen, seed },
  );
}

/** Of each class the share of fresh rows whose set holds theirs, and the size of sets. */
function measure(sets: PredictionSets, offsets: readonly number[], seed: number) {
  const { truth, real } = madeRows(4000, offsets, { seed: 500 + seed });
  const found = setsOf(sets, model, [[real]]);
  const classes = offsets.map(() => ({ rows: 0, held: 0 }));
  let size = 0;
  for (const [row, set] of found.entries()) {
    const k = truth[row] as number;
    const own = classes[k] as (typeof classes)[number];
    own.rows += 1;
    own.held += Number(set.includes(k));
    size += set.length;
  }
  return { classes, size: size / found.length };
}

describe.each([
  ['a class of 15 %', [0, -2.3]],
  ['two as frequent classes', [0, 0]],
  ['five classes', [0, 1, -1, 0.5, -0.5]],
])('of %s, by 20 seeds', (_, offsets) => {
  const measured = Array.from({ length: 20 }, (_, seed) => {
    const sets = trueSets(offsets, 800, seed + 1);
    if (!sets) throw new Error('there are no sets');
    return measure(sets, offsets, seed);
  });

  test('nine of ten sets of the rows of each class hold it, within 2 points', () => {
    for (const k of offsets.keys()) {
      const shares = measured.map(({ classes }) => (classes[k]?.held as number) / (classes[k]?.rows as number));
      expect(Math.abs(shares.reduce((sum, share) => sum + share, 0) / shares.length - 0.9)).toBeLessThan(0.02);
    }
  });

  test('sets are smaller than all classes', () => {
    for (const { size } of measured) expect(size).toBeLessThan(0.9 * offsets.length);
  });
});

test('classes of few rows share a list, and others have their own', () => {
  const sets = trueSets([3, 3, -1, -1.2, -1.4], 800, 1);
  expect(sets?.groupOf.slice(0, 2)).toEqual([0, 1]);
  expect(new Set(sets?.groupOf.slice(2)).size).toBeLessThan(3);
});

test('of fewer than nine rows there are no sets', () => {
  expect(trueSets([0, 0], 8, 1)).toBeNull();
  expect(trueSets([0, 0], 12, 1)).not.toBeNull();
});

describe('how many rows were as far from certain', () => {
  const sets = (...residuals: number[]): PredictionSets => ({
    groupOf: [0, 0],
    groups: [
      { rows: residuals.length, level: 0.1, lists: [residualList([-1], Float64Array.from(residuals), undefined)] },
    ],
  });
  const of = (p: number): Predictions => ({ rows: 1, outputs: 2, values: Float64Array.of(1 - p, p) });

  test('counts the row itself, and half of those that are as far', () => {
    expect(conformitiesOf(sets(0.2, 0.4, 0.6), [of(0.5)])[1]).toBeCloseTo(2 / 4, 12);
    expect(conformitiesOf(sets(0.2, 0.5, 0.5, 0.6), [of(0.5)])[1]).toBeCloseTo((1 + 1 + 1) / 5, 12);
    expect(conformitiesOf(sets(0.2, 0.4), [of(0)])[1]).toBeCloseTo(1 / 3, 12);
  });

  test('lets in what is not known', () => {
    expect(conformitiesOf(sets(0.2, 0.4), [of(Number.NaN)])[1]).toBe(1);
  });

  test('counts each by its weight', () => {
    const lists = [residualList([-1], Float64Array.of(0.2, 0.8), Float64Array.of(1, 3))];
    const weighted = { groupOf: [0, 0], groups: [{ rows: 2, level: 0.1, lists }] };
    expect(conformitiesOf(weighted, [of(0.5)])[1]).toBeCloseTo((3 + 2) / (4 + 2), 12);
  });
});

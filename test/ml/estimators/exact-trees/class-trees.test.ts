import { describe, expect, test } from 'vitest';
import type { Matrix } from '../../../../ml/core/matrix.ts';
import { toJson } from '../../../../ml/core/plain-data.ts';
import { balancedWeights } from '../../../../ml/estimators/exact-trees/class-weights.ts';
import { decisionTreeClassifier } from '../../../../ml/estimators/exact-trees/decision-tree.ts';
import { randomForestClassifier } from '../../../../ml/estimators/exact-trees/random-forest.ts';
import { resolveParams } from '../../../../ml/estimators/params.ts';
import { accuracyOf, drawClasses, rowsOf } from './classes.ts';

type TreeParams = Parameters<typeof decisionTreeClassifier.fit>[0]['params'];
type ForestParams = Parameters<typeof randomForestClassifier.fit>[0]['params'];
const treeParams = (given: Partial<TreeParams>) =>
  resolveParams('decision_tree', decisionTreeClassifier.params, given) as unknown as TreeParams;
const forestParams = (given: Partial<ForestParams>) =>
  resolveParams('random_forest', randomForestClassifier.params, given) as unknown as ForestParams;

const column = (...values: number[]): Matrix => ({ rows: values.length, columns: 1, data: Float64Array.from(values) });

test.each([2, 3])('of %i classes a leaf predicts the shares of its rows, by their weights', (classes) => {
  const x = column(0, 0, 0, 0, 1, 1);
  const y = Float64Array.of(0, 0, 1, 0, 1, classes - 1);
  const weights = Float64Array.of(1, 0, 2, 1, 3, 1);
  const state = decisionTreeClassifier.fit({ x, y, weights, classes, params: treeParams({}), seed: 1 });
  const [low = [], high = []] = rowsOf(decisionTreeClassifier.predict(state, column(0, 1)));
  expect(low).toEqual(classes === 2 ? [0.5, 0.5] : [0.5, 0.5, 0]);
  expect(high).toEqual(classes === 2 ? [0, 1] : [0, 0.75, 0.25]);
});

test('balanced classes weigh alike', () => {
  expect([...balancedWeights(Float64Array.of(0, 0, 0, 1), 2)]).toEqual([4 / 6, 2]);
  expect([...balancedWeights(Float64Array.of(0, 0, 2, 2), 3, Float64Array.of(1, 0, 2, 1))]).toEqual([2, 0, 4 / 6]);
  const x = column(...new Array<number>(8).fill(0));
  const y = Float64Array.of(0, 0, 0, 0, 0, 1, 1, 2);
  const state = decisionTreeClassifier.fit({
    x,
    y,
    classes: 3,
    params: treeParams({ class_weight: 'balanced' }),
    seed: 1,
  });
  for (const share of rowsOf(decisionTreeClassifier.predict(state, column(0)))[0] ?? [])
    expect(share).toBeCloseTo(1 / 3, 12);
});

describe.each([2, 5])('a forest of %i classes', (classes) => {
  const { x, y } = drawClasses(400, classes, 1);
  const unseen = drawClasses(1000, classes, 2);
  const learn = (given: Partial<ForestParams>) =>
    randomForestClassifier.fit({ x, y, classes, params: forestParams(given), seed: 3 });

  test('without chance it is one tree, many times', () => {
    const forest = learn({ n_estimators: 3, bootstrap: false, max_features: null });
    const tree = decisionTreeClassifier.fit({ x, y, classes, params: treeParams({}), seed: 3 });
    const alone = decisionTreeClassifier.predict(tree, x).values;
    randomForestClassifier.predict(forest, x).values.forEach((value, at) => {
      expect(value).toBeCloseTo(alone[at] as number, 12);
    });
  });

  test('the accuracy out of bag is near that on other rows', () => {
    const state = learn({ oob_score: true });
    const accuracy = accuracyOf(randomForestClassifier.predict(state, unseen.x), unseen.y);
    expect(Math.abs((state.oob_score as number) - accuracy)).toBeLessThan(0.06);
    expect(learn({}).oob_score).toBeNull();
  });

  test('the first trees are a smaller forest', () => {
    const state = learn({ n_estimators: 12 });
    const staged = randomForestClassifier.staged?.predict(state, unseen.x, [1, 5, 40]) ?? [];
    [1, 5, 12].forEach((n_estimators, k) => {
      expect(staged[k]).toEqual(randomForestClassifier.predict(learn({ n_estimators }), unseen.x));
    });
  });

  test.each(['balanced', 'balanced_subsample'] as const)(
    '%s classes are predicted as if they were as frequent',
    (class_weight) => {
      // Class 0 keeps a row in ten; columns tell nothing of it.
      const rows = Uint32Array.from(y.keys()).filter((i) => y[i] !== 0 || i % 10 === 0);
      const few = {
        x: column(...new Array<number>(rows.length).fill(0)),
        y: Float64Array.from(rows, (row) => y[row] as number),
      };
      for (const bootstrap of [true, false]) {
        const params = forestParams({ class_weight, bootstrap, n_estimators: 60 });
        const state = randomForestClassifier.fit({ ...few, classes, params, seed: 3 });
        for (const share of rowsOf(randomForestClassifier.predict(state, column(0)))[0] ?? [])
          expect(Math.abs(share - 1 / classes)).toBeLessThan(0.05);
      }
    },
  );
});

test('a hundred classes take no number for each class of each leaf', () => {
  const { x, y, classes } = drawClasses(3000, 100, 4, 0.05);
  const state = randomForestClassifier.fit({ x, y, classes, params: forestParams({ n_estimators: 10 }), seed: 1 });
  const { feature } = state.trees as { feature: Int32Array };
  const leaves = feature.filter((column) => column < 0).length;
  expect(leaves).toBeGreaterThan(5000);
  expect(toJson(state).length).toBeLessThan(100 * feature.length);
  for (const row of rowsOf(randomForestClassifier.predict(state, x)))
    expect(row.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
});

test('what is learned holds on other rows, by every criterion', () => {
  for (const classes of [2, 4]) {
    const { x, y } = drawClasses(600, classes, 5);
    const unseen = drawClasses(600, classes, 6);
    for (const criterion of ['gini', 'entropy', 'log_loss'] as const) {
      const params = treeParams({ criterion, min_samples_leaf: 20 });
      const state = decisionTreeClassifier.fit({ x, y, classes, params, seed: 1 });
      expect(accuracyOf(decisionTreeClassifier.predict(state, unseen.x), unseen.y)).toBeGreaterThan(0.6);
    }
  }
});

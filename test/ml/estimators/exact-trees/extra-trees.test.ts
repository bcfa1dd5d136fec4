import { expect, test } from 'vitest';
import type { Matrix } from '../../../../ml/core/matrix.ts';
import { createRandom } from '../../../../ml/core/random.ts';
import { estimatorNamed } from '../../../../ml/estimators/index.ts';
import { resolveParams } from '../../../../ml/estimators/params.ts';
import type { Trees } from '../../../../ml/trees/trees.ts';

const random = createRandom(7);
/** The first column says most; the second one has two values, and the third is constant. */
const x: Matrix = {
  rows: 200,
  columns: 3,
  data: Float64Array.from({ length: 600 }, (_, at) =>
    at % 3 === 2 ? 4 : at % 3 === 1 ? random.below(2) : random.uniform(),
  ),
};
const y = Float64Array.from({ length: 200 }, (_, i) => 5 * (x.data[3 * i] as number) + (x.data[3 * i + 1] as number));

const regressor = estimatorNamed('extra_trees', 'regression');
const learn = (given: Record<string, unknown>, at: Matrix = x, targets = y, seed = 1) =>
  regressor.fit({ x: at, y: targets, params: resolveParams('extra_trees', regressor.params, given), seed });
const treesOf = (state: unknown): Trees => (state as { trees: Trees }).trees;
/** The columns and thresholds of all splits. */
const splitsOf = (state: unknown) => {
  const { feature, threshold } = treesOf(state);
  return Array.from(feature, (column, node) => ({ column, threshold: threshold[node] as number })).filter(
    ({ column }) => column >= 0,
  );
};

test('thresholds lie anywhere between the values of a node', () => {
  const stumps = splitsOf(learn({ n_estimators: 400, max_depth: 1, max_features: 1 }));
  const ofFirst = stumps.filter(({ column }) => column === 0).map(({ threshold }) => threshold);
  expect(new Set(ofFirst).size).toBe(ofFirst.length);
  expect(Math.min(...ofFirst)).toBeGreaterThan(0);
  expect(Math.max(...ofFirst)).toBeLessThan(1);
  // Evenly, had the first column been the only one: with the second to choose, those at the ends are not taken.
  const alone = splitsOf(
    learn({ n_estimators: 400, max_depth: 1 }, { ...x, columns: 1, data: x.data.filter((_, at) => at % 3 === 0) }),
  );
  const mean = alone.reduce((sum, { threshold }) => sum + threshold, 0) / alone.length;
  expect(mean).toBeGreaterThan(0.45);
  expect(mean).toBeLessThan(0.55);
  for (const low of [0, 0.25, 0.5, 0.75])
    expect(alone.filter(({ threshold }) => threshold >= low && threshold < low + 0.25).length).toBeGreaterThan(60);
});

test('a column of two values is split between them, and a constant one never', () => {
  const splits = splitsOf(learn({ n_estimators: 50 }));
  const ofSecond = splits.filter(({ column }) => column === 1).map(({ threshold }) => threshold);
  expect(ofSecond.length).toBeGreaterThan(20);
  for (const threshold of ofSecond) expect(threshold >= 0 && threshold < 1).toBe(true);
  expect(new Set(ofSecond).size).toBeGreaterThan(20);
  expect(splits.filter(({ column }) => column === 2)).toEqual([]);
});

test('each tree learns all rows by heart, unless it draws them or its leaves have more', () => {
  const predict = (given: Record<string, unknown>) => [
    ...regressor.predict(learn({ n_estimators: 3, ...given }), x).values,
  ];
  predict({}).forEach((value, i) => {
    expect(value).toBeCloseTo(y[i] as number, 9);
  });
  expect(predict({ bootstrap: true })).not.toEqual(predict({}));
  const { feature, cover } = treesOf(learn({ n_estimators: 20, min_samples_leaf: 15 }));
  const leaves = Array.from(cover ?? []).filter((_, node) => (feature[node] as number) < 0);
  expect(Math.min(...leaves)).toBeGreaterThanOrEqual(15);
});

test.each(['squared_error', 'friedman_mse', 'absolute_error', 'poisson'])('it learns by %s', (criterion) => {
  const unseen: Matrix = { ...x, data: x.data.map((value, at) => (at % 3 === 0 ? (value + 0.003) % 1 : value)) };
  const state = learn({ criterion, n_estimators: 40 });
  const errors = regressor
    .predict(state, unseen)
    .values.map((value, i) =>
      Math.abs(value - 5 * (unseen.data[3 * i] as number) - (unseen.data[3 * i + 1] as number)),
    );
  expect(errors.sort()[150]).toBeLessThan(0.25);
});

test.each(['gini', 'entropy', 'log_loss'])('it learns classes by %s', (criterion) => {
  const classifier = estimatorNamed('extra_trees', 'multiclass');
  const classOf = (i: number) => Math.floor(2 * (x.data[3 * i] as number)) + (x.data[3 * i + 1] as number);
  const classes = Float64Array.from({ length: x.rows }, (_, i) => classOf(i));
  const params = resolveParams('extra_trees', classifier.params, { criterion, n_estimators: 30, max_features: null });
  const state = classifier.fit({ x, y: classes, classes: 3, params, seed: 1 });
  const { values } = classifier.predict(state, x);
  classes.forEach((k, i) => {
    expect(values[3 * i + k]).toBeCloseTo(1, 9);
  });
});

test('numbers that float32 hardly tells apart are split without a side of no rows', () => {
  const near: Matrix = { rows: 4, columns: 1, data: Float64Array.of(1, 1 + 2 ** -23, 1 + 2 ** -22, 2) };
  for (let seed = 0; seed < 50; seed++) {
    const { feature, cover } = treesOf(learn({ n_estimators: 1 }, near, Float64Array.of(1, 2, 3, 4), seed));
    Array.from(cover ?? []).forEach((rows, node) => {
      if ((feature[node] as number) < 0) expect(rows).toBeGreaterThan(0);
    });
  }
});

test('what is about drawn rows is refused where none are drawn', () => {
  expect(() =>
    regressor.checkParams?.(resolveParams('extra_trees', regressor.params, { oob_score: true }), false),
  ).toThrow('extra_trees’s oob_score and max_samples are about rows that are drawn: set bootstrap to true');
});

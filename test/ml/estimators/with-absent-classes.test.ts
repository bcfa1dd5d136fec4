import { expect, test } from 'vitest';
import type { Matrix } from '../../../ml/core/matrix.ts';
import { toJson } from '../../../ml/core/plain-data.ts';
import type { Contributions } from '../../../ml/estimators/contributions.ts';
import type { Estimator, LabelledRows, Training } from '../../../ml/estimators/estimator.ts';
import { withAbsentClasses } from '../../../ml/estimators/with-absent-classes.ts';

const params = {
  rounds: { type: 'integer', default: 4, min: 1, max: 9, description: 'how often the shares are squared, less 1' },
} as const;
type Params = typeof params;

/** What the last fit was given. */
let given: Training<Params> | undefined;

const normalised = (parts: readonly number[]) => parts.map((part) => part / parts.reduce((sum, each) => sum + each, 0));

/** Predicts the shares of the classes, sharper with each round; it takes no class without rows. */
const shares: Estimator<Params, { readonly shares: readonly number[]; readonly rounds: number }> = {
  title: 'Shares',
  tasks: ['binary', 'multiclass'],
  params,
  encoding: { categories: 'codes', numbers: 'raw', missing: 'kept' },
  weighted: true,
  fit(training) {
    given = training;
    const { y, weights, classes = 0 } = training;
    const sums = new Array<number>(classes).fill(0);
    y.forEach((k, i) => {
      sums[k] = (sums[k] as number) + (weights?.[i] ?? 1);
    });
    if (classes < 2 || sums.includes(0)) throw new Error('a class has no rows');
    return { shares: normalised(sums), rounds: training.params.rounds };
  },
  predict: ({ shares, rounds }, { rows }) => {
    const own = normalised(shares.map((share) => share ** rounds));
    return { rows, outputs: own.length, values: Float64Array.from(Array.from({ length: rows }, () => own).flat()) };
  },
  contributions({ shares }, { rows, columns }): Contributions {
    const own = shares.length === 2 ? shares.slice(1) : shares;
    const values = Float64Array.from({ length: rows * own.length * columns }, (_, at) => at + 1);
    return { rows, columns, outputs: own.length, bases: Float64Array.from(own), values, scale: 'probability' };
  },
  staged: {
    rounds: 'rounds',
    count: ({ rounds }) => rounds,
    predict: (state, x, rounds) =>
      rounds.map((count) => shares.predict({ ...state, rounds: Math.min(count, state.rounds) }, x)),
  },
};

const wrapped = withAbsentClasses(shares);

const matrix = (...values: number[]): Matrix => ({ rows: values.length, columns: 1, data: Float64Array.from(values) });
const rowsOf = (...y: number[]): LabelledRows => ({ x: matrix(...y.keys()), y: Float64Array.from(y) });
const learn = (rows: LabelledRows, classes: number, validation?: LabelledRows) => {
  given = undefined;
  return wrapped.fit({ ...rows, classes, validation, params: { rounds: 1 }, seed: 0 });
};
const x = matrix(7, 8);

test('rows of every class are learned from as they are', () => {
  const rows = rowsOf(0, 1, 2, 1);
  const state = learn(rows, 3, rows);
  expect(given).toMatchObject({ ...rows, classes: 3, validation: rows });
  expect(given?.x).toBe(rows.x);
  expect([...wrapped.predict(state, x).values]).toEqual([0.25, 0.5, 0.25, 0.25, 0.5, 0.25]);
});

test('where a classifier holds rows out by itself, classes are spread evenly over them', () => {
  learn(rowsOf(0, 1, 2, 1), 3);
  expect([...(given?.strata ?? [])]).toEqual([0, 1, 2, 1]);
  learn(rowsOf(2, 0, 2, 0), 3);
  expect([...(given?.strata ?? [])]).toEqual([2, 0, 2, 0]);
});

test('a class without rows is never predicted, and the others are learned as if it were none', () => {
  const state = learn(rowsOf(1, 3, 3, 4), 6);
  expect([...(given?.y ?? [])]).toEqual([0, 1, 1, 2]);
  expect(given?.classes).toBe(3);
  expect(wrapped.predict(state, x)).toEqual({
    rows: 2,
    outputs: 6,
    values: Float64Array.of(0, 0.25, 0, 0.5, 0.25, 0, 0, 0.25, 0, 0.5, 0.25, 0),
  });
  expect(JSON.parse(toJson(state))).toEqual(state);
});

test('a row of weight 0 makes its class none that there is, and is left out', () => {
  const groups = Float64Array.of(1, 1, 2, 2, 3);
  const times = Float64Array.of(5, 6, 7, 8, 9);
  const rows = { ...rowsOf(0, 2, 1, 0, 1), weights: Float64Array.of(1, 0, 2, 1, 0), groups, times };
  const state = learn(rows, 3);
  expect(given).toMatchObject({
    x: { rows: 4, data: Float64Array.of(0, 2, 3, 4) },
    y: Float64Array.of(0, 1, 0, 1),
    weights: Float64Array.of(1, 2, 1, 0),
    groups: Float64Array.of(1, 2, 2, 3),
    times: Float64Array.of(5, 7, 8, 9),
    classes: 2,
  });
  expect([...wrapped.predict(state, matrix(1)).values]).toEqual([0.5, 0.5, 0]);
});

test('validation rows of other classes are left out, and all are where none is left that counts', () => {
  const rows = rowsOf(0, 2, 2);
  learn(rows, 3, rowsOf(1, 2, 0, 1));
  expect(given?.validation).toMatchObject({ x: { rows: 2, data: Float64Array.of(1, 2) }, y: Float64Array.of(1, 0) });
  learn(rows, 3, rowsOf(1, 1));
  expect(given?.validation).toBeUndefined();
  learn(rows, 3, { ...rowsOf(1, 2), weights: Float64Array.of(1, 0) });
  expect(given?.validation).toBeUndefined();
});

test('of one class nothing is learned: it is always predicted', () => {
  for (const classes of [2, 4]) {
    const state = learn(rowsOf(1, 1), classes);
    expect(given).toBeUndefined();
    const expected = Float64Array.from({ length: 2 * classes }, (_, at) => Number(at % classes === 1));
    expect(wrapped.predict(state, x)).toEqual({ rows: 2, outputs: classes, values: expected });
    expect(wrapped.staged?.predict(state, x, [1, 5]).map(({ values }) => values)).toEqual([expected, expected]);
    expect(wrapped.staged?.count(state)).toBe(1);
    expect(wrapped.contributions?.(state, x)).toBeNull();
  }
});

test('fewer rounds predict all classes too', () => {
  const state = wrapped.fit({ ...rowsOf(2, 0, 0), classes: 3, params: { rounds: 4 }, seed: 0 });
  const stages = wrapped.staged?.predict(state, matrix(1), [1, 2, 9]).map(({ values }) => [...values]);
  expect(wrapped.staged?.count(state)).toBe(4);
  expect(stages?.[0]).toEqual([2 / 3, 0, 1 / 3]);
  expect(stages?.[1]).toEqual([expect.closeTo(0.8, 12), 0, expect.closeTo(0.2, 12)]);
  expect(stages?.[2]).toEqual([...wrapped.predict(state, matrix(1)).values]);
});

test('contributions to probabilities are those of all classes: of two, the first has what is left of the second', () => {
  const two = learn(rowsOf(3, 1, 1, 3, 3), 4);
  expect(wrapped.contributions?.(two, x)).toMatchObject({
    outputs: 4,
    bases: Float64Array.of(0, 1 - 0.6, 0, 0.6),
    values: Float64Array.of(0, -1, 0, 1, 0, -2, 0, 2),
  });
  const three = learn(rowsOf(0, 1, 3, 3), 4);
  expect(wrapped.contributions?.(three, x)).toMatchObject({
    outputs: 4,
    bases: Float64Array.of(0.25, 0.25, 0, 0.5),
    values: Float64Array.of(1, 2, 0, 3, 4, 5, 0, 6),
  });
});

test('log-odds of what is never predicted are no numbers, so there are no contributions to them', () => {
  const { contributions = () => null } = shares;
  const inLogOdds = withAbsentClasses({
    ...shares,
    contributions(state, rows) {
      const own = contributions(state, rows);
      return own && { ...own, scale: 'log-odds' };
    },
  });
  const explain = (rows: LabelledRows) =>
    inLogOdds.contributions?.(inLogOdds.fit({ ...rows, classes: 3, params: { rounds: 1 }, seed: 0 }), x);
  expect(explain(rowsOf(0, 1))).toBeNull();
  expect(explain(rowsOf(0, 1, 2))?.outputs).toBe(3);
});

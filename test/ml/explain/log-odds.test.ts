// What contributes to a class, whatever the model is made of.

import { describe, expect, test } from 'vitest';
import { mostProbable } from '../../../ml/core/most-probable.ts';
import { takeRows } from '../../../ml/data/table.ts';
import { fitIsotonic } from '../../../ml/estimators/calibration/isotonic.ts';
import { estimatorNamed, estimatorNamesOf } from '../../../ml/estimators/index.ts';
import { type FittedModel, type Model, singleModel } from '../../../ml/estimators/model.ts';
import { predictRows } from '../../../ml/estimators/predict-rows.ts';
import type { Method } from '../../../ml/explain/contribution-sum.ts';
import { logOdds, logOddsOf } from '../../../ml/explain/log-odds.ts';
import { transform } from '../../../ml/features/preprocess.ts';
import { classPart, customerRows, customers } from '../class-parts.ts';

const fresh = { 2: customerRows(60, [0, -1], 2), 4: customerRows(60, [0, 1, -1, 0.5], 2) };
const learned = { 2: customerRows(300, [0, -1], 1), 4: customerRows(300, [0, 1, -1, 0.5], 1) };
type Count = keyof typeof fresh;

/** Few rounds where there are rounds. */
const few: Readonly<Record<string, number>> = { n_estimators: 8, iterations: 8, max_depth: 4 };
const partOf = (classes: Count, name: string, fold?: number): FittedModel => {
  const { params } = estimatorNamed(name, classes === 2 ? 'binary' : 'multiclass');
  const own = Object.fromEntries(Object.entries(few).filter(([param]) => param in params));
  return classPart(customers(classes), learned[classes], name, { params: own, ...(fold !== undefined && { fold }) });
};
const averageOf = (classes: Count, name: string): Model => ({
  intercept: 0,
  members: [{ weight: 1, parts: [0, 1, 2].map((fold) => partOf(classes, name, fold)) }],
});

/** Whether contributions sum to the log-odds of what is predicted, of class 1 of two, and of the predicted one of several. */
function expectLogOdds(model: Model, classes: Count, method: Method): void {
  const table = fresh[classes];
  const predictions = predictRows(model, table);
  const explained = classes === 2 ? new Uint32Array(table.rows).fill(1) : mostProbable(predictions);
  const { bases, values, columns, method: found } = logOddsOf(model, table, { classes: explained, predictions });
  expect(columns).toEqual(['age', 'spent', 'area']);
  expect(found).toBe(method);
  for (const [row, k] of explained.entries()) {
    const own = values.subarray(row * columns.length, (row + 1) * columns.length);
    const sum = own.reduce((total, value) => total + value, bases[row] as number);
    const told = logOdds(predictions.values.subarray(row * classes, (row + 1) * classes), k);
    // What is all but certain has no digits left.
    if (Math.abs(told) < 15) expect(Math.abs(sum - told)).toBeLessThan(1e-9 * Math.max(1, Math.abs(told)));
    expect(own.every(Number.isFinite)).toBe(true);
  }
}

const margins = ['logistic', 'gradient_boosting', 'xgboost', 'catboost'];
const sampled = ['knn', 'kernel_logistic', 'adaboost'];
const methodOf = (name: string, classes: Count): Method =>
  sampled.includes(name) ? 'sampled' : classes === 2 && margins.includes(name) ? 'exact' : 'rescaled';

describe.each(estimatorNamesOf('binary'))('of two classes, %s', (name) => {
  test('alone', () => {
    expectLogOdds(singleModel(partOf(2, name)), 2, methodOf(name, 2));
  });

  test('averaged', () => {
    expectLogOdds(averageOf(2, name), 2, sampled.includes(name) ? 'sampled' : 'rescaled');
  });

  test('calibrated', () => {
    const model = { ...singleModel(partOf(2, name)), calibration: sigmoidOf(2) };
    expectLogOdds(model, 2, sampled.includes(name) ? 'sampled' : 'rescaled');
  });
});

describe.each(estimatorNamesOf('multiclass'))('of several classes, %s', (name) => {
  test('alone', () => {
    expectLogOdds(singleModel(partOf(4, name)), 4, methodOf(name, 4));
  });

  test('averaged and calibrated', () => {
    const model = { ...averageOf(4, name), calibration: sigmoidOf(4) };
    expectLogOdds(model, 4, sampled.includes(name) ? 'sampled' : 'rescaled');
  });
});

const sigmoidOf = (classes: Count) => ({
  kind: 'sigmoid' as const,
  slope: 0.7,
  offsets: Float64Array.from({ length: classes }, (_, k) => 0.2 * k),
  floor: 0.001,
});

test('of a blend of what is told in log-odds and in probabilities, through curves', () => {
  const [one = '', other = ''] = ['gradient_boosting', 'random_forest'];
  for (const classes of [2, 4] as const) {
    const members = [
      { weight: 0.6, parts: [partOf(classes, one)] },
      { weight: 0.4, parts: [partOf(classes, other, 0), partOf(classes, other, 1)] },
    ];
    const blend = { intercept: 0, members };
    expectLogOdds(blend, classes, 'rescaled');
    const predictions = predictRows(blend, learned[classes]);
    const truth = learned[classes].columns.get('outcome') as Float64Array;
    expectLogOdds({ ...blend, calibration: fitIsotonic({ predictions, truth }) }, classes, 'rescaled');
  }
});

test('those of the one of two classes are the opposite of those of the other', () => {
  const model = singleModel(partOf(2, 'xgboost'));
  const predictions = predictRows(model, fresh[2]);
  const of = (k: number) =>
    logOddsOf(model, fresh[2], { classes: new Uint32Array(fresh[2].rows).fill(k), predictions });
  const [first, second] = [of(0), of(1)];
  for (const [at, value] of first.values.entries()) expect(value).toBeCloseTo(-(second.values[at] as number), 12);
  for (const [row, base] of first.bases.entries()) expect(base).toBeCloseTo(-(second.bases[row] as number), 12);
});

test('a row is explained alike alone and among others', () => {
  const model = averageOf(4, 'xgboost');
  const explain = (rows: Uint32Array) => {
    const table = takeRows(fresh[4], rows);
    const predictions = predictRows(model, table);
    return logOddsOf(model, table, { classes: mostProbable(predictions), predictions });
  };
  const all = explain(Uint32Array.from({ length: 60 }, (_, row) => row));
  expect(explain(Uint32Array.of(7)).values).toEqual(all.values.subarray(21, 24));
});

test('a column that matters only for the other classes still moves a class', () => {
  // Of class 3, which area alone distinguishes, age counts too, since it makes others probable.
  const model = singleModel(partOf(4, 'xgboost'));
  const predictions = predictRows(model, fresh[4]);
  const { values } = logOddsOf(model, fresh[4], { classes: new Uint32Array(60).fill(3), predictions });
  const sizes = [0, 1, 2].map((j) => values.reduce((sum, value, at) => sum + (at % 3 === j ? Math.abs(value) : 0), 0));
  for (const size of sizes) expect(size).toBeGreaterThan(0);
});

test.each(margins)('of %s alone they are what the family says of its margin, folded back, to 1e-6', (name) => {
  const part = partOf(2, name);
  const model = singleModel(part);
  const predictions = predictRows(model, fresh[2]);
  const { values, bases } = logOddsOf(model, fresh[2], { classes: new Uint32Array(60).fill(1), predictions });
  const x = transform(part.preprocessor, fresh[2]);
  const own = estimatorNamed(name, 'binary').contributions?.(part.state, x) ?? expect.unreachable();
  expect(own).toMatchObject({ scale: 'log-odds', outputs: 1 });
  for (let row = 0; row < 60; row++) {
    // The columns of area, which may be several, are the last ones.
    const ofRow = own.values.subarray(row * own.columns, (row + 1) * own.columns);
    const folded = [ofRow[0], ofRow[1], ofRow.subarray(2).reduce((sum, value) => sum + value, 0)];
    for (const [j, value] of folded.entries())
      expect(Math.abs((values[3 * row + j] as number) - (value as number))).toBeLessThan(1e-6);
    expect(bases[row]).toBe(own.bases[0]);
  }
});

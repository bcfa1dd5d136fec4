import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classShares } from '../../../../ml/core/class-shares.ts';
import type { Predictions } from '../../../../ml/core/predictions.ts';
import { score, scoreOf } from '../../../../ml/selection/metric.ts';
import { averagePrecisionOf, rocAuc } from '../../../../ml/selection/metrics/rankings.ts';
import { classTask } from '../../../../ml/selection/tasks/classes.ts';

const predictionsOf = (rows: readonly (readonly number[])[]): Predictions => ({
  rows: rows.length,
  outputs: rows[0]?.length ?? 0,
  values: Float64Array.from(rows.flat()),
});
const metricsOf = (classes: number, truth: Float64Array) =>
  classTask(classes === 2 ? 'binary' : 'multiclass', {
    shares: [...classShares(truth, classes)],
    positive: classes === 2 ? 1 : null,
  }).metrics;

/** Rows of some classes with probabilities, some of which tie, and whole weights. */
const scored = fc.integer({ min: 2, max: 5 }).chain((classes) =>
  fc.record({
    classes: fc.constant(classes),
    rows: fc.array(
      fc.record({
        own: fc.nat({ max: classes - 1 }),
        weight: fc.nat({ max: 3 }),
        raw: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: classes, maxLength: classes }),
      }),
      { minLength: 1, maxLength: 40 },
    ),
  }),
);

type Row = { own: number; weight: number; raw: number[] };
const parts = (rows: readonly Row[]) => ({
  truth: Float64Array.from(rows, ({ own }) => own),
  weights: Float64Array.from(rows, ({ weight }) => weight),
  predictions: predictionsOf(
    rows.map(({ raw }) => {
      const sum = raw.reduce((sum, value) => sum + value, 0);
      return raw.map((value) => (sum === 0 ? 1 / raw.length : value / sum));
    }),
  ),
});

describe('every metric of classes', () => {
  test('counts a row of weight 2 twice, and one of weight 0 not at all', () => {
    fc.assert(
      fc.property(scored, ({ classes, rows }) => {
        fc.pre(rows.some(({ weight }) => weight > 0));
        const { truth, weights, predictions } = parts(rows);
        const repeated = parts(rows.flatMap((row) => new Array<Row>(row.weight).fill(row)));
        const metrics = metricsOf(classes, truth);
        const weighted = score(metrics, truth, predictions, weights);
        const plain = score(metrics, repeated.truth, repeated.predictions);
        for (const metric of metrics) {
          const [own, other] = [scoreOf(weighted, metric), scoreOf(plain, metric)];
          expect(Math.abs(own - other), metric.name).toBeLessThan(1e-9 * Math.max(1, Math.abs(other)));
        }
      }),
    );
  });

  test('is the same for weights of any size, and between its worst and its best value', () => {
    fc.assert(
      fc.property(scored, fc.constantFrom(1e-300, 1e300), ({ classes, rows }, unit) => {
        fc.pre(rows.some(({ weight }) => weight > 0));
        const { truth, weights, predictions } = parts(rows);
        const metrics = metricsOf(classes, truth);
        const [own, scaled] = [weights, weights.map((weight) => weight * unit)].map((some) =>
          score(metrics, truth, predictions, some),
        );
        for (const metric of metrics) {
          const value = scoreOf(own as Record<string, number>, metric);
          const other = scoreOf(scaled as Record<string, number>, metric);
          expect(Math.abs(other - value), metric.name).toBeLessThan(1e-9 * Math.max(1, Math.abs(value)));
          if (metric.direction === 'higher') expect(value).toBeLessThanOrEqual(1 + 1e-12);
          else expect(value).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  test('is at its best where each row is certain of its class', () => {
    const truth = Float64Array.of(0, 1, 2, 1, 0);
    const predictions = predictionsOf(Array.from(truth, (own) => [0, 1, 2].map((k) => Number(k === own))));
    const metrics = metricsOf(3, truth);
    const scores = score(metrics, truth, predictions);
    for (const metric of metrics) expect(scoreOf(scores, metric)).toBeCloseTo(metric.best, 12);
  });
});

test('the shares of the classes have no skill, in whatever rows they are measured', () => {
  const shares = [0.2, 0.5, 0.3];
  const { metrics } = classTask('multiclass', { shares, positive: null });
  const skillIn = (truth: number[]) =>
    score(metrics, Float64Array.from(truth), predictionsOf(truth.map(() => shares))).skill;
  expect(skillIn([0, 1, 2, 1])).toBe(0);
  expect(skillIn([2, 2, 2])).toBe(0);
  expect(() => classTask('binary').metrics[1]?.compute(Float64Array.of(0), predictionsOf([[1, 0]]))).toThrow(
    'nobody gave',
  );
});

test('a probability of 0 for what is true costs much, and not without end', () => {
  const [logLoss] = classTask('binary').metrics;
  const never = predictionsOf([[1, 0]]);
  expect(logLoss?.compute(Float64Array.of(1), never)).toBeCloseTo(52 * Math.LN2, 12);
});

describe('where all rows are of one class', () => {
  const ofOne = predictionsOf([
    [0.2, 0.8],
    [0.6, 0.4],
  ]);

  test('their order is worth what chance is', () => {
    expect(rocAuc.compute(Float64Array.of(1, 1), ofOne)).toBe(0.5);
    expect(rocAuc.compute(Float64Array.of(0, 0), ofOne)).toBe(0.5);
  });

  test('the precision is that of the rows that there are', () => {
    expect(averagePrecisionOf(1).compute(Float64Array.of(1, 1), ofOne)).toBe(1);
    expect(averagePrecisionOf(0).compute(Float64Array.of(1, 1), ofOne)).toBe(0);
  });

  test('every score is finite', () => {
    const truth = Float64Array.of(1, 1);
    for (const classes of [2, 3]) {
      const rows =
        classes === 2
          ? ofOne
          : predictionsOf([
              [0.1, 0.8, 0.1],
              [0.5, 0.2, 0.3],
            ]);
      const scores = score(metricsOf(classes, truth), truth, rows);
      expect(Object.values(scores).every(Number.isFinite)).toBe(true);
    }
  });
});

test('the class of interest decides what average precision is about, and nothing else', () => {
  const truth = Float64Array.of(0, 1, 0, 0, 1);
  const predictions = predictionsOf([
    [0.9, 0.1],
    [0.4, 0.6],
    [0.3, 0.7],
    [0.8, 0.2],
    [0.7, 0.3],
  ]);
  const scores = [0, 1].map((positive) =>
    score(classTask('binary', { shares: [0.6, 0.4], positive }).metrics, truth, predictions),
  );
  const { average_precision: first, ...others } = scores[0] as Record<string, number>;
  expect(scores[1]).toMatchObject(others);
  expect(scores[1]?.average_precision).not.toBeCloseTo(first as number, 3);
});

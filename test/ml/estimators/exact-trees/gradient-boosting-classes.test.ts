import { describe, expect, test } from 'vitest';
import { gradientBoostingClassifier } from '../../../../ml/estimators/exact-trees/gradient-boosting.ts';
import { resolveParams } from '../../../../ml/estimators/params.ts';
import { type ClassRows, drawClasses, logLossOf, rowsOf } from './classes.ts';

type Params = Parameters<typeof gradientBoostingClassifier.fit>[0]['params'];
const paramsWith = (given: Partial<Params>) =>
  resolveParams('gradient_boosting', gradientBoostingClassifier.params, given) as unknown as Params;
const learn = (rows: ClassRows, given: Partial<Params> = {}, validation?: ClassRows) =>
  gradientBoostingClassifier.fit({ ...rows, validation, params: paramsWith(given), seed: 3 });
const { predict, contributions, staged } = gradientBoostingClassifier;
const countOf = (state: ReturnType<typeof learn>) => staged?.count(state) ?? 0;

describe.each([2, 4])('of %i classes', (classes) => {
  const rows = drawClasses(400, classes, 1);
  const unseen = drawClasses(400, classes, 2);

  test('each round lowers the loss on the rows that are learned from', () => {
    const state = learn(rows, { n_estimators: 30 });
    const losses = (staged?.predict(state, rows.x, [1, 5, 10, 20, 30]) ?? []).map((of) => logLossOf(of, rows.y));
    expect(losses).toEqual(losses.toSorted((a, b) => b - a));
    expect(losses.at(-1)).toBeLessThan(0.7 * Math.log(classes));
  });

  test('fewer rounds are a shorter fit', () => {
    const state = learn(rows, { n_estimators: 9, subsample: 0.6 });
    const [few, all] = staged?.predict(state, unseen.x, [4, 30]) ?? [];
    expect(few).toEqual(predict(learn(rows, { n_estimators: 4, subsample: 0.6 }), unseen.x));
    expect(all).toEqual(predict(state, unseen.x));
  });

  test('it stops once the rows held out gain no more, and keeps the best rounds of rows that are given', () => {
    const stopped = learn(rows, { n_estimators: 1000, n_iter_no_change: 5, learning_rate: 0.5 });
    expect(countOf(stopped)).toBeGreaterThan(2);
    expect(countOf(stopped)).toBeLessThan(200);
    expect(countOf(learn(rows, { n_estimators: 1000, n_iter_no_change: 5, tol: 100 }))).toBe(6);
    const watched = learn(rows, { n_estimators: 1000, n_iter_no_change: 5, learning_rate: 0.5 }, unseen);
    const counts = Array.from({ length: countOf(watched) + 5 }, (_, k) => k + 1);
    const longer = learn(rows, { n_estimators: counts.length, learning_rate: 0.5 });
    const losses = (staged?.predict(longer, unseen.x, counts) ?? []).map((of) => logLossOf(of, unseen.y));
    expect(losses.indexOf(Math.min(...losses)) + 1).toBe(countOf(watched));
  });

  test('contributions sum to the log-odds, whose softmax is the prediction', () => {
    const state = learn(rows, { n_estimators: 10 });
    const { bases, values, outputs, columns, scale } = contributions?.(state, unseen.x) ?? expect.unreachable();
    expect([outputs, scale]).toEqual([classes === 2 ? 1 : classes, 'log-odds']);
    rowsOf(predict(state, unseen.x)).forEach((probabilities, i) => {
      const raw = Array.from(bases, (base, k) => {
        const at = (i * outputs + k) * columns;
        return values.subarray(at, at + columns).reduce((sum, value) => sum + value, base);
      });
      const logOdds = classes === 2 ? [0, ...raw] : raw;
      const sum = logOdds.reduce((sum, value) => sum + Math.exp(value), 0);
      probabilities.forEach((probability, k) => {
        expect(probability).toBeCloseTo(Math.exp(logOdds[k] as number) / sum, 10);
      });
    });
  });

  test('columns that tell nothing leave the shares of the classes, by weight', () => {
    const x = { ...rows.x, data: new Float64Array(rows.x.data.length) };
    const weights = Float64Array.from(rows.y, (k) => k + 1);
    const state = gradientBoostingClassifier.fit({ ...rows, x, weights, params: paramsWith({}), seed: 3 });
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    rowsOf(predict(state, x))[0]?.forEach((probability, k) => {
      const own = rows.y.reduce((sum, target, i) => sum + (target === k ? (weights[i] as number) : 0), 0);
      expect(probability).toBeCloseTo(own / total, 6);
    });
  });
});

test('the loss exponential tells two classes apart, and refuses more with the remedy', () => {
  const rows = drawClasses(400, 2, 1);
  const unseen = drawClasses(400, 2, 2);
  const state = learn(rows, { loss: 'exponential', n_estimators: 30 });
  expect(logLossOf(predict(state, unseen.x), unseen.y)).toBeLessThan(0.5);
  const { bases, values, columns } = contributions?.(state, unseen.x) ?? expect.unreachable();
  rowsOf(predict(state, unseen.x)).forEach(([zero = 0, one = 0], i) => {
    const raw = values.subarray(i * columns, (i + 1) * columns).reduce((sum, value) => sum + value, bases[0] as number);
    expect(raw).toBeCloseTo(Math.log(one / zero), 9);
  });
  expect(() => learn(drawClasses(100, 3, 1), { loss: 'exponential' })).toThrow(
    /exponential is for two classes.*log_loss/,
  );
});

test('classes that columns tell apart for sure, and long steps, leave every number finite', () => {
  for (const [classes, loss] of [
    [2, 'log_loss'],
    [2, 'exponential'],
    [5, 'log_loss'],
  ] as const) {
    const rows = drawClasses(200, classes, 1, 0);
    for (const learning_rate of [0.5, 3]) {
      const probabilities = predict(learn(rows, { loss, learning_rate, n_estimators: 60 }), rows.x).values;
      expect(probabilities.every((value) => value >= 0 && value <= 1)).toBe(true);
    }
  }
});

test('early stopping holds out its share of each stratum, and never the only row of one', () => {
  const rows = drawClasses(300, 2, 1);
  const y = rows.y.with(7, 2);
  for (let seed = 0; seed < 8; seed++) {
    const params = paramsWith({ n_iter_no_change: 3, validation_fraction: 0.4 });
    const { bases } = gradientBoostingClassifier.fit({ x: rows.x, y, strata: y, classes: 3, params, seed });
    const shares = bases.map((base) => Math.exp(base) / bases.reduce((sum, each) => sum + Math.exp(each), 0));
    expect(shares[2]).toBeCloseTo(1 / 180, 9);
    const ones = y.reduce((sum, k) => sum + Number(k === 1), 0) / 300;
    expect(Math.abs((shares[1] as number) - ones)).toBeLessThan(0.01);
  }
});

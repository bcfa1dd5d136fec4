import { expect, test } from 'vitest';
import { regressionScores } from '../../../ml/core/regression-scores.ts';

test('R², RMSE and MAE of a small example, by hand', () => {
  // Errors 1, 0, -2; squares 5; around the mean 4: 4 + 0 + 4.
  const { r2, rmse, mae } = regressionScores(Float64Array.of(2, 4, 6), Float64Array.of(1, 4, 8));
  expect(r2).toBeCloseTo(1 - 5 / 8, 12);
  expect(rmse).toBeCloseTo(Math.sqrt(5 / 3), 12);
  expect(mae).toBeCloseTo(1, 12);
});

test('a constant truth scores 1 when met and 0 when missed', () => {
  expect(regressionScores(Float64Array.of(3, 3), Float64Array.of(3, 3)).r2).toBe(1);
  expect(regressionScores(Float64Array.of(3, 3), Float64Array.of(3, 4)).r2).toBe(0);
});

test('a constant truth is found whatever its sum is rounded to', () => {
  const truth = new Float64Array(10).fill(0.1);
  expect(regressionScores(truth, truth.slice()).r2).toBe(1);
  expect(
    regressionScores(
      truth,
      truth.map((y) => y + 0.01),
    ).r2,
  ).toBe(0);
});

test.each([1e-320, 1e-200, 1e-8, 1e8, 1e200, 1e307])('scores are the same in units of %f', (unit) => {
  const { r2, rmse, mae } = regressionScores(
    Float64Array.of(2, 4, 6).map((y) => y * unit),
    Float64Array.of(1, 4, 8).map((y) => y * unit),
  );
  const digits = unit < 1e-308 ? 2 : 12;
  expect(r2).toBeCloseTo(1 - 5 / 8, digits);
  expect(rmse / unit).toBeCloseTo(Math.sqrt(5 / 3), digits);
  expect(mae / unit).toBeCloseTo(1, digits);
});

test('an offset changes no score', () => {
  const far = regressionScores(
    Float64Array.of(2, 4, 6).map((y) => y + 1e12),
    Float64Array.of(1, 4, 8).map((y) => y + 1e12),
  );
  expect(far.r2).toBeCloseTo(1 - 5 / 8, 12);
});

test('weights count as scikit-learn 1.9.1 counts them', () => {
  const truth = Float64Array.of(2, 4, 6, 1.5);
  const { r2, rmse, mae } = regressionScores(truth, Float64Array.of(1, 4, 8, 100), Float64Array.of(0.5, 3, 2.25, 0));
  expect(r2).toBeCloseTo(-0.07107843137254899, 12);
  expect(rmse).toBeCloseTo(1.285369173834303, 12);
  expect(mae).toBeCloseTo(0.8695652173913043, 12);
});

test('a row of weight 2 counts as the row twice, one of weight 0 as no row, and weights of 1 as none', () => {
  const [truth, predicted] = [Float64Array.of(2, 4, 6, 9), Float64Array.of(1, 4, 8, Number.NaN)];
  const weighted = regressionScores(truth, predicted, Float64Array.of(2, 1, 3, 0));
  const repeated = regressionScores(Float64Array.of(2, 2, 4, 6, 6, 6), Float64Array.of(1, 1, 4, 8, 8, 8));
  expect(weighted.r2).toBeCloseTo(repeated.r2, 12);
  expect(weighted.rmse).toBeCloseTo(repeated.rmse, 12);
  expect(weighted.mae).toBeCloseTo(repeated.mae, 12);
  const three = [truth.subarray(0, 3), predicted.subarray(0, 3)] as const;
  expect(regressionScores(...three, Float64Array.of(1, 1, 1))).toEqual(regressionScores(...three));
});

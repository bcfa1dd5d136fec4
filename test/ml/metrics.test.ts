import { expect, test } from 'vitest';
import { score } from '../../ml/metrics.ts';

test('R², RMSE and MAE of a small example, by hand', () => {
  // Errors 1, 0, -2; squares 5; around the mean 4: 4 + 0 + 4.
  const { r2, rmse, mae } = score(Float64Array.of(2, 4, 6), Float64Array.of(1, 4, 8));
  expect(r2).toBeCloseTo(1 - 5 / 8, 12);
  expect(rmse).toBeCloseTo(Math.sqrt(5 / 3), 12);
  expect(mae).toBeCloseTo(1, 12);
});

test('a constant truth scores 1 when met and 0 when missed', () => {
  expect(score(Float64Array.of(3, 3), Float64Array.of(3, 3)).r2).toBe(1);
  expect(score(Float64Array.of(3, 3), Float64Array.of(3, 4)).r2).toBe(0);
});

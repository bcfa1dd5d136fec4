import { describe, expect, test } from 'vitest';
import {
  type ApproximateInverse,
  minimise,
  type StoppingRule,
} from '../../../../ml/estimators/logistic/quasi-newton.ts';

const stop: StoppingRule = { step: 1e-12, slope: 1e-14, maxSteps: 200 };
const identity: ApproximateInverse = { isExact: false, lasts: 0, multiply: (slopes) => slopes.slice() };

describe('a quadratic whose curvatures are 1 to 50', () => {
  const bends = Float64Array.from({ length: 50 }, (_, j) => j + 1);
  const gradient = (at: Float64Array) => at.map((value, j) => (bends[j] as number) * (value - j));

  test('takes one step where its curvature is known', () => {
    let curvatures = 0;
    const inverse: ApproximateInverse = {
      isExact: true,
      lasts: 0,
      multiply: (slopes) => slopes.map((slope, j) => slope / (bends[j] as number)),
    };
    const curvature = () => {
      curvatures += 1;
      return inverse;
    };
    const { point, isConverged } = minimise({ gradient, curvature }, new Float64Array(50), { ...stop, maxSteps: 1 });
    expect(isConverged).toBe(true);
    expect(curvatures).toBe(1);
    expect([...point]).toEqual(Array.from({ length: 50 }, (_, j) => expect.closeTo(j, 12)));
  });

  test('is found where nothing is known of it', () => {
    const { point, isConverged } = minimise({ gradient, curvature: () => identity }, new Float64Array(50), stop);
    expect(isConverged).toBe(true);
    expect([...point]).toEqual(Array.from({ length: 50 }, (_, j) => expect.closeTo(j, 9)));
  });

  test('is not, in too few steps', () => {
    const few = minimise({ gradient, curvature: () => identity }, new Float64Array(50), { ...stop, maxSteps: 5 });
    expect(few.isConverged).toBe(false);
  });
});

test('steps that lead too far are shortened', () => {
  // log cosh is nearly linear far out, where its own curvature leads past every number.
  const gradient = (at: Float64Array) => at.map(Math.tanh);
  const curvature = (at: Float64Array): ApproximateInverse => ({
    isExact: true,
    lasts: 0,
    multiply: (slopes) => slopes.map((slope, j) => slope * Math.cosh(at[j] as number) ** 2),
  });
  const { point, isConverged } = minimise({ gradient, curvature }, Float64Array.of(8, -3), stop);
  expect(isConverged).toBe(true);
  for (const value of point) expect(Math.abs(value)).toBeLessThan(1e-10);
});

test('it ends once its signal is aborted', () => {
  const controller = new AbortController();
  const reason = new Error('stop');
  const gradient = (at: Float64Array) => {
    controller.abort(reason);
    return at.slice();
  };
  expect(() =>
    minimise({ gradient, curvature: () => identity }, Float64Array.of(1), { ...stop, signal: controller.signal }),
  ).toThrow(reason);
});

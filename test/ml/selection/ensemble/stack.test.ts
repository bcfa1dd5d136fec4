import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FoldProducts } from '../../../../ml/selection/ensemble/error-products.ts';
import { combine } from '../../../../ml/selection/ensemble/evidence.ts';
import { solveNonNegative } from '../../../../ml/selection/ensemble/non-negative.ts';
import { fitStack, stacker } from '../../../../ml/selection/ensemble/stack.ts';
import { evidenceOf, noise, noisyEvidence } from './evidence.ts';

describe('a stack', () => {
  test('of one candidate is ridge regression on it, in closed form', () => {
    const draw = noise(3);
    const p = Array.from({ length: 40 }, () => 500 + 3 * draw());
    const truth = p.map((value) => 1000 + 2 * (value - 500) + draw());
    const weights = p.map((_, i) => 1 + (i % 3));
    const products = new FoldProducts(evidenceOf(truth, [{ predictions: p }], { folds: 1, weights }));
    const strength = 0.2;
    const {
      intercept,
      weights: [slope = 0],
    } = fitStack(products.of(0), products.scale, strength);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const mean = (values: number[]) =>
      values.reduce((sum, value, i) => sum + (weights[i] as number) * value, 0) / total;
    const [mp, my] = [mean(p), mean(truth)];
    const covariance = mean(p.map((value, i) => (value - mp) * ((truth[i] as number) - my)));
    const ridge = strength * mean(truth.map((y) => (y - my) ** 2));
    const expected = covariance / (mean(p.map((value) => (value - mp) ** 2)) + ridge);
    expect(slope).toBeCloseTo(expected, 9);
    expect(intercept).toBeCloseTo(my - expected * mp, 6);
  });

  test('mends a candidate that is off by a factor and an offset', () => {
    const draw = noise(5);
    const truth = Array.from({ length: 200 }, () => 50 + 10 * draw());
    const given = evidenceOf(truth, [
      { predictions: truth.map((y) => 0.5 * y + 3) },
      { predictions: truth.map(() => 50 + 10 * draw()) },
    ]);
    const combination = stacker(given, new FoldProducts(given))([0, 1, 2, 3, 4]);
    expect(combination.weights[0]).toBeCloseTo(2, 1);
    expect(given.metric.compute(given.folds[0]?.truth as Float64Array, combine(combination, given, 0))).toBeGreaterThan(
      0.999,
    );
  });

  test('shares the weight among candidates that know the same', () => {
    const given = noisyEvidence(500, [3, 3, 3]);
    const { weights } = stacker(given, new FoldProducts(given))([0, 1, 2, 3, 4]);
    for (const weight of weights) expect(weight).toBeCloseTo(1 / 3, 1);
  });

  test('gives no weight to what is the opposite of the target', () => {
    const given = noisyEvidence(100, [3]);
    const [own] = given.candidates;
    const opposite = {
      ...own,
      predictions: own?.predictions.map((each) => ({ ...each, values: each.values.map((y) => 200 - y) })),
    };
    const both = { ...given, candidates: [own, opposite] } as typeof given;
    const { weights } = stacker(both, new FoldProducts(both))([0, 1, 2, 3, 4]);
    expect(weights[0]).toBeGreaterThan(0.5);
    expect(weights[1]).toBe(0);
  });
});

test('the solution without negative entries is the one that no other beats', () => {
  const size = 5;
  const numbers = (length: number) =>
    fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: length, maxLength: length });
  fc.assert(
    fc.property(numbers(size * size), numbers(size), numbers(size), (factor, right, step) => {
      // A matrix of products, and a ridge.
      const at = (i: number, j: number) => factor[i * size + j] as number;
      const matrix = Float64Array.from({ length: size * size }, (_, k) => {
        const [i, j] = [Math.floor(k / size), k % size];
        return Array.from({ length: size }, (_, l) => at(i, l) * at(j, l)).reduce(
          (sum, value) => sum + value,
          i === j ? 0.1 : 0,
        );
      });
      const objective = (x: ArrayLike<number>) => {
        let sum = 0;
        for (let i = 0; i < size; i++) {
          sum -= (right[i] as number) * (x[i] as number);
          for (let j = 0; j < size; j++)
            sum += 0.5 * (matrix[i * size + j] as number) * (x[i] as number) * (x[j] as number);
        }
        return sum;
      };
      const solution = solveNonNegative({ matrix, right: Float64Array.from(right) });
      expect(solution.every((entry) => entry >= 0)).toBe(true);
      const other = solution.map((entry, i) => Math.max(0, entry + (step[i] as number)));
      const near = solution.map((entry, i) => Math.max(0, entry + 1e-3 * (step[i] as number)));
      for (const x of [other, near]) expect(objective(solution)).toBeLessThanOrEqual(objective(x) + 1e-9);
    }),
  );
});

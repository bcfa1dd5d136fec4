import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Matrix } from '../../../../ml/core/matrix.ts';
import { createRandom } from '../../../../ml/core/random.ts';
import { coordinateDescent, type Penalty } from '../../../../ml/estimators/linear/coordinate-descent.ts';
import { type Gram, gramOf } from '../../../../ml/estimators/linear/gram.ts';
import { leastSquares } from '../../../../ml/estimators/linear/least-squares.ts';

function problem(seed: number, rows = 40, columns = 5): Gram {
  const random = createRandom(seed);
  const x: Matrix = { rows, columns, data: Float64Array.from({ length: rows * columns }, () => random.uniform()) };
  const y = Float64Array.from({ length: rows }, (_, i) => {
    const at = i * columns;
    return 4 * (x.data[at] as number) - 3 * (x.data[at + 1] as number) + random.uniform();
  });
  return gramOf({ x, y }, true);
}

const exactly = { maxSweeps: 100_000, tolerance: 1e-13, random: null };

/** Xᵀ(y − Xw) − l2 · w. */
function slopes({ columns, products, stride }: Gram, w: Float64Array, l2: number): number[] {
  const at = (j: number, k: number) => products[j * stride + k] as number;
  return Array.from(
    w,
    (value, j) => w.reduce((rest, other, k) => rest - at(j, k) * other, at(j, columns)) - l2 * value,
  );
}

test('the minimum is one: the slope is l1 towards each coefficient, and no steeper where it is 0', () => {
  const penalties = fc.record({
    l1: fc.double({ min: 0.01, max: 20, noNaN: true }),
    l2: fc.double({ min: 0, max: 20, noNaN: true }),
    positive: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), penalties, (seed, penalty) => {
      const gram = problem(seed);
      const w = coordinateDescent(gram, penalty, exactly);
      slopes(gram, w, penalty.l2).forEach((slope, j) => {
        const value = w[j] as number;
        if (penalty.positive) expect(value).toBeGreaterThanOrEqual(0);
        if (value !== 0) expect(slope).toBeCloseTo(penalty.l1 * Math.sign(value), 4);
        else expect(penalty.positive ? slope : Math.abs(slope)).toBeLessThan(penalty.l1 + 1e-4);
      });
    }),
  );
});

test.each([
  ['ridge', { l1: 0, l2: 3, positive: false }],
  ['ordinary least squares', { l1: 0, l2: 0, positive: false }],
] as const)('without an l1 penalty it comes to %s', (_, penalty: Penalty) => {
  const gram = problem(1);
  const expected = leastSquares(gram, penalty.l2) as Float64Array;
  coordinateDescent(gram, penalty, { ...exactly, tolerance: 1e-16 }).forEach((value, j) => {
    expect(value).toBeCloseTo(expected[j] as number, 6);
  });
});

test('a large penalty leaves nothing, and one sweep is no more than that', () => {
  const gram = problem(2);
  expect([...coordinateDescent(gram, { l1: 1e3, l2: 0, positive: false }, exactly)]).toEqual([0, 0, 0, 0, 0]);
  const once = coordinateDescent(gram, { l1: 0.1, l2: 0, positive: false }, { ...exactly, maxSweeps: 1 });
  const first = gram.products[gram.columns] as number;
  expect(once[0]).toBeCloseTo((first - Math.sign(first) * 0.1) / (gram.products[0] as number), 12);
});

test('random coordinates come to the same minimum, by another way', () => {
  const gram = problem(3);
  const penalty = { l1: 1, l2: 1, positive: false };
  const expected = coordinateDescent(gram, penalty, exactly);
  const run = (seed: number, maxSweeps: number) =>
    coordinateDescent(gram, penalty, { ...exactly, maxSweeps, random: createRandom(seed) });
  run(1, 1000).forEach((value, j) => {
    expect(value).toBeCloseTo(expected[j] as number, 5);
  });
  expect(run(1, 2)).toEqual(run(1, 2));
  expect(run(1, 2)).not.toEqual(run(2, 2));
});

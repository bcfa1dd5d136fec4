import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from '../../../../../ml/core/random.ts';
import { solvePositive } from '../../../../../ml/trees/oblivious/losses/solve-positive.ts';

/** Σ over rows of p (δ − p), as the softmax has it: singular in the direction in which all classes move alike. */
function curvatureOf(size: number, seed: number): number[][] {
  const random = createRandom(seed);
  const matrix = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  for (let row = 0; row < 5; row++) {
    const parts = Array.from({ length: size }, () => 0.1 + random.uniform());
    const total = parts.reduce((a, b) => a + b);
    parts.forEach((p, j) => {
      parts.forEach((q, k) => {
        (matrix[j] as number[])[k] = (matrix[j]?.[k] as number) + (p / total) * ((j === k ? 1 : 0) - q / total);
      });
    });
  }
  return matrix;
}

const lowerOf = (matrix: number[][]) => Float64Array.from(matrix.flatMap((row, j) => row.slice(0, j + 1)));

test('it solves what it is given', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.nat(), fc.constantFrom(0.1, 3, 100), (size, seed, l2) => {
      const random = createRandom(seed);
      const matrix = curvatureOf(size, seed);
      const x = Array.from({ length: size }, () => random.uniform() - 0.5);
      const b = Float64Array.from(matrix, (row, j) =>
        row.reduce((sum, own, k) => sum + own * (x[k] as number), l2 * (x[j] as number)),
      );
      solvePositive(lowerOf(matrix), b, l2);
      b.forEach((value, j) => {
        expect(value).toBeCloseTo(x[j] as number, 9);
      });
    }),
  );
});

test('without l2 it leaves the direction out in which nothing changes', () => {
  const matrix = curvatureOf(3, 1);
  const gradient = [0.2, -0.3, 0.1];
  const x = Float64Array.from(gradient);
  solvePositive(lowerOf(matrix), x, 1e-20);
  matrix.forEach((row, j) => {
    expect(row.reduce((sum, own, k) => sum + own * (x[k] as number), 0)).toBeCloseTo(gradient[j] as number, 9);
  });
  const none = Float64Array.of(0, 0);
  solvePositive(new Float64Array(3), none, 0);
  expect(none).toEqual(Float64Array.of(0, 0));
});

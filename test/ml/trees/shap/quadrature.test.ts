import { expect, test } from 'vitest';
import { gaussLegendre } from '../../../../ml/trees/shap/quadrature.ts';

const integral = (count: number, of: (t: number) => number) => {
  const { points, weights } = gaussLegendre(count);
  return points.reduce((sum, point, i) => sum + (weights[i] as number) * of(point), 0);
};

test('n points integrate polynomials of degree 2n − 1 exactly, and not those of degree 2n', () => {
  for (let count = 1; count <= 64; count++) {
    for (let degree = 0; degree < 2 * count; degree++)
      expect(
        integral(count, (t) => t ** degree),
        `${count} points, degree ${degree}`,
      ).toBeCloseTo(1 / (degree + 1), 13);
  }
  for (const count of [1, 2, 4])
    expect(Math.abs(integral(count, (t) => t ** (2 * count)) - 1 / (2 * count + 1))).toBeGreaterThan(1e-6);
});

test('64 points are enough for products of far more shares than they know exactly', () => {
  for (const columns of [130, 200, 400]) {
    expect(integral(64, (t) => t ** columns) * (columns + 1)).toBeCloseTo(1, 9);
    expect(integral(64, (t) => t ** (columns / 2) * (1 - t) ** (columns / 2)) / beta(columns)).toBeCloseTo(1, 8);
  }
});

/** The integral of t^(n/2) (1 − t)^(n/2), of an even n. */
function beta(n: number): number {
  let value = 1 / (n + 1);
  for (let k = 1; k <= n / 2; k++) value *= k / (n / 2 + k);
  return value;
}

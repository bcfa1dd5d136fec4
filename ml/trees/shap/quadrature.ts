/** Points and weights by which the integral of a polynomial from 0 to 1 is a weighted sum. */
export interface Quadrature {
  /** Between 0 and 1, ascending. */
  readonly points: Float64Array;
  readonly weights: Float64Array;
}

/** Newton's method has then converged, from any of the starting points. */
const ITERATIONS = 100;

/**
 * The rule of Gauss and Legendre: `count` points are exact for polynomials of degree 2 · count − 1.
 *
 * Source: Golub and Welsch 1969; the starting points are those of Abramowitz and Stegun, 22.16.6.
 */
export function gaussLegendre(count: number): Quadrature {
  const points = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (count + 0.5));
    let slope = 0;
    for (let iteration = 0; iteration < ITERATIONS; iteration++) {
      const { value, derivative } = legendre(count, x);
      const step = value / derivative;
      x -= step;
      slope = derivative;
      if (Math.abs(step) < 1e-16) break;
    }
    points[count - 1 - i] = (1 + x) / 2;
    weights[count - 1 - i] = 1 / ((1 - x * x) * slope * slope);
  }
  return { points, weights };
}

/** The Legendre polynomial of a degree of at least 1, by its recurrence. */
function legendre(degree: number, x: number): { value: number; derivative: number } {
  let [before, value] = [1, x];
  for (let k = 2; k <= degree; k++) [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k];
  return { value, derivative: (degree * (x * value - before)) / (x * x - 1) };
}

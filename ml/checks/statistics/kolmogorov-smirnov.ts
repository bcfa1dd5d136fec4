import { sumOf } from './sum-of.ts';

/** Terms beyond are below the last digit of a double. */
const TERMS = 100;
/** Where both series need few terms. */
const BORDER = 1.18;

/**
 * How probable it is that the empirical distributions of two samples of the same distribution are at least `distance` apart: the
 * test of Kolmogorov and Smirnov, by its asymptotic distribution with Stephens' correction for small samples. Ties, and a
 * distance that is looked for at some values only, make it larger than it need be, never smaller.
 *
 * @param distance the largest difference of their distribution functions, from 0 to 1
 * @param m the size of the first sample, which need not be whole: an effective size
 * @returns a p-value
 *
 * Source: Stephens 1970, Use of the Kolmogorov–Smirnov, Cramér–von Mises and related statistics without extensive tables.
 */
export function kolmogorovSmirnovTest(distance: number, m: number, n: number): number {
  if (m === 0 || n === 0) return 1;
  const root = Math.sqrt((m * n) / (m + n));
  return kolmogorovTail((root + 0.12 + 0.11 / root) * distance);
}

/**
 * The upper tail of Kolmogorov's distribution, by the one of its two series that converges fast there.
 *
 * Source: Marsaglia, Tsang and Wang 2003, Evaluating Kolmogorov's distribution.
 */
export function kolmogorovTail(x: number): number {
  if (x <= 0) return 1;
  let sum = 0;
  if (x < BORDER) {
    for (let k = 1; k < TERMS; k++) sum += Math.exp((-((2 * k - 1) ** 2) * Math.PI ** 2) / (8 * x * x));
    return 1 - (Math.sqrt(2 * Math.PI) / x) * sum;
  }
  for (let k = 1; k < TERMS; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * x * x);
  return Math.max(0, sum);
}

/** The largest difference between two distribution functions, by counts in the same cells, in ascending order. */
export function largestDistance(first: Float64Array, second: Float64Array): number {
  const [m, n] = [sumOf(first), sumOf(second)];
  let [a, b, largest] = [0, 0, 0];
  for (let i = 0; i < first.length; i++) {
    a += first[i] as number;
    b += second[i] as number;
    largest = Math.max(largest, Math.abs(a / m - b / n));
  }
  return largest;
}

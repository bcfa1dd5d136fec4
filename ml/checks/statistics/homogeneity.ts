import { upperGamma } from './gamma.ts';
import { sumOf } from './sum-of.ts';

/** How probable a χ² of at least this is, by chance. */
export function chiSquaredTail(value: number, degreesOfFreedom: number): number {
  return upperGamma(degreesOfFreedom / 2, value / 2);
}

/**
 * How probable it is that two samples of the same categories differ at least as much, by chance: the chi-squared test of
 * homogeneity, by the smaller of Pearson's statistic and the likelihood ratio. Where few are expected, Pearson's calls too many of a
 * rare category a difference too easily, the likelihood ratio too few of them; what both say holds.
 *
 * @param first how many of each category, which need not be whole: sums of weights
 * @returns a p-value; 1 where there is nothing to compare
 *
 * Source: Agresti 2013, Categorical Data Analysis, section 3.2.
 */
export function homogeneityTest(first: Float64Array, second: Float64Array): number {
  const [m, n] = [sumOf(first), sumOf(second)];
  if (m === 0 || n === 0) return 1;
  let pearson = 0;
  let likelihoodRatio = 0;
  let present = 0;
  first.forEach((a, i) => {
    const b = second[i] as number;
    if (a + b === 0) return;
    present += 1;
    for (const [count, size] of [
      [a, m],
      [b, n],
    ] as const) {
      const expected = (size * (a + b)) / (m + n);
      pearson += (count - expected) ** 2 / expected;
      if (count > 0) likelihoodRatio += 2 * count * Math.log(count / expected);
    }
  });
  return present < 2 ? 1 : chiSquaredTail(Math.max(0, Math.min(pearson, likelihoodRatio)), present - 1);
}

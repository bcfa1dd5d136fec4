import { sumOf } from './sum-of.ts';

/** What keeps an empty bin from an infinite index, in rows. */
const PRIOR = 0.5;

/** How far a distribution has moved. */
export interface Stability {
  /** The population stability index, Σ (q − p) ln(q / p) over the bins: below 0.1 stable, from 0.25 on a major shift. */
  readonly psi: number;
  /** What it is on average for samples as small as these of the same distribution: (bins − 1) (1/m + 1/n). */
  readonly chance: number;
}

/**
 * The population stability index of two samples, by counts in the same bins; bins that are empty in both do not count.
 *
 * @param first sums of weights, scaled to the effective size of the sample
 *
 * Source: Yurdakul 2018, Statistical properties of the population stability index.
 */
export function stabilityOf(first: Float64Array, second: Float64Array): Stability {
  const bins = first.reduce((count, value, i) => count + (value + (second[i] as number) > 0 ? 1 : 0), 0);
  const [m, n] = [sumOf(first), sumOf(second)];
  if (bins < 2 || m === 0 || n === 0) return { psi: 0, chance: 0 };
  let psi = 0;
  first.forEach((a, i) => {
    const b = second[i] as number;
    if (a + b === 0) return;
    const p = (a + PRIOR) / (m + PRIOR * bins);
    const q = (b + PRIOR) / (n + PRIOR * bins);
    psi += (q - p) * Math.log(q / p);
  });
  return { psi, chance: (bins - 1) * (1 / m + 1 / n) };
}

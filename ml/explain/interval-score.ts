import { COVERAGE } from './intervals.ts';
import { residualList, shiftedQuantile, totalWeight } from './residual-lists.ts';

/** A residual with the scale of its row. */
interface Scaled {
  readonly residual: number;
  readonly weight: number;
  readonly scale: number;
}

/**
 * The interval score of each row, lower being better: how wide its interval is, and 2/α times how far it is missed. The intervals
 * reach from one quantile of the scaled residuals to another.
 *
 * Source: Winkler 1972; Gneiting and Raftery 2007, Strictly proper scoring rules, JASA 102 (equation 43).
 */
export function intervalScores(rows: readonly Scaled[]): Float64Array {
  const alpha = 1 - COVERAGE;
  const scaled = Float64Array.from(rows, ({ residual, scale }) => residual / scale);
  const list = residualList(
    [],
    scaled,
    Float64Array.from(rows, ({ weight }) => weight),
  );
  const total = totalWeight([list]);
  const low = shiftedQuantile([list], [0], 1, (total * alpha) / 2);
  const high = shiftedQuantile([list], [0], 1, total * (1 - alpha / 2));
  return Float64Array.from(rows, ({ residual, scale }) => {
    const missed = Math.max(0, low * scale - residual, residual - high * scale);
    return (high - low) * scale + (2 / alpha) * missed;
  });
}

/** How much lower some scores are than others of the same rows, on average by weight, and how sure that is. */
export function meanGain(
  scores: Float64Array,
  others: Float64Array,
  weights: Float64Array,
): { readonly mean: number; readonly standardError: number } {
  const gains = scores.map((score, i) => (others[i] as number) - score);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = gains.reduce((sum, gain, i) => sum + gain * (weights[i] as number), 0) / total;
  const squares = gains.reduce((sum, gain, i) => sum + ((weights[i] as number) * (gain - mean)) ** 2, 0);
  return { mean, standardError: Math.sqrt(squares) / total };
}

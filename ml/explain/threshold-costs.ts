// What it costs to act on one class of two from some probability on, counted on rows that the model did not learn from.

import { z } from 'zod';
import { upperBound } from '../core/binary-search.ts';

/** Every percent, and below one percent every tenth, for classes that are rare. */
const THRESHOLDS = Float64Array.of(
  ...Array.from({ length: 9 }, (_, i) => (i + 1) / 1000),
  ...Array.from({ length: 99 }, (_, i) => (i + 1) / 100),
);

const shares = z.array(z.number().min(0).max(1));

/** As a release records it, for the page that lets a reader move the threshold. */
export const thresholdCostsSchema = z.object({
  /** The level whose probability is compared with a threshold. */
  positive: z.string(),
  /** How many held-out rows it was counted on, and how many of them are of that level: at least one. */
  rows: z.int().positive(),
  positives: z.int().positive(),
  /** The share of those, by the rows' weights. */
  share: z.number().min(0).max(1),
  /** Ascending. */
  thresholds: shares,
  /** At each threshold the share of all rows whose probability reaches it. */
  flagged: shares,
  /** At each threshold the share of the rows of that level whose probability reaches it. */
  recall: shares,
});
export type ThresholdCosts = z.infer<typeof thresholdCostsSchema>;

/** What a threshold costs; all are shares. */
export interface CostsAt {
  readonly flagged: number;
  /** How many of the flagged are of the positive class; null where none is flagged. */
  readonly precision: number | null;
  readonly recall: number;
}

interface Judged {
  /** Of each row whether it is of the positive class. */
  readonly isPositive: ArrayLike<boolean>;
  /** Of each row the probability of that. */
  readonly probabilities: Float64Array;
  /** How much each row counts. @default 1 each */
  readonly weights?: Float64Array | undefined;
}

/** @returns undefined where no row, or none that counts, is of the positive class */
export function thresholdCosts(
  positive: string,
  { isPositive, probabilities, weights }: Judged,
): ThresholdCosts | undefined {
  const [all, own] = [new Float64Array(THRESHOLDS.length + 1), new Float64Array(THRESHOLDS.length + 1)];
  let positives = 0;
  probabilities.forEach((probability, row) => {
    // So many thresholds it reaches.
    const reached = upperBound(THRESHOLDS, probability);
    const weight = weights ? (weights[row] as number) : 1;
    all[reached] = (all[reached] as number) + weight;
    if (!isPositive[row]) return;
    own[reached] = (own[reached] as number) + weight;
    positives += 1;
  });
  const [flagged, caught] = [reaching(all), reaching(own)];
  const [total, ofPositive] = [flagged[0] as number, caught[0] as number];
  if (!(ofPositive > 0)) return undefined;
  return {
    positive,
    rows: probabilities.length,
    positives,
    share: ofPositive / total,
    thresholds: Array.from(THRESHOLDS),
    flagged: flagged.slice(1).map((weight) => weight / total),
    recall: caught.slice(1).map((weight) => weight / ofPositive),
  };
}

/** Of weights by how many thresholds their rows reach: the sums of those that reach so many, or more. */
function reaching(weights: Float64Array): number[] {
  const sums = Array.from(weights);
  for (let i = sums.length - 2; i >= 0; i--) sums[i] = (sums[i] as number) + (sums[i + 1] as number);
  return sums;
}

/** What the threshold at a place costs. */
export function costsAt({ share, flagged, recall }: ThresholdCosts, place: number): CostsAt {
  const [ofAll, ofPositive] = [flagged[place] as number, recall[place] as number];
  return {
    flagged: ofAll,
    recall: ofPositive,
    precision: ofAll > 0 ? Math.min(1, (share * ofPositive) / ofAll) : null,
  };
}

import type { ClassPrediction } from './explanation.ts';

/** Classes by how probable they are. */
export interface RankedClasses {
  /** The most probable first; the predicted one before others that are as probable. */
  readonly shown: readonly (readonly [level: string, probability: number])[];
  /** How many more there are, and how probable they are together; null where all are shown. */
  readonly others: { readonly count: number; readonly probability: number } | null;
}

/** @param most so many are shown at most, what stands for the others counted among them */
export function rankedClasses({ prediction, probabilities }: ClassPrediction, most: number): RankedClasses {
  const sorted = Object.entries(probabilities).sort(
    ([one, a], [other, b]) => b - a || Number(other === prediction) - Number(one === prediction),
  );
  if (sorted.length <= most) return { shown: sorted, others: null };
  const left = sorted.slice(most - 1);
  const probability = left.reduce((sum, [, each]) => sum + each, 0);
  return { shown: sorted.slice(0, most - 1), others: { count: left.length, probability } };
}

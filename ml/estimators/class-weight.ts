import type { LabelledRows } from './estimator.ts';

/** The parameter `class_weight` of scikit-learn's classifiers. */
export const classWeight = {
  type: 'choice',
  default: null,
  nullable: true,
  choices: ['balanced'],
  description:
    'null: every row counts by its weight; balanced: classes count alike, so that rare ones are predicted too often',
} as const;

/**
 * The weights of rows by which all classes count alike, and the rows as much as before; those of rows as they are where no class has
 * another weight.
 *
 * Source: scikit-learn 1.9, `compute_class_weight`.
 *
 * @param classes how many there are; each has a row whose weight is above 0
 */
export function classWeighted(
  { y, weights }: Pick<LabelledRows, 'y' | 'weights'>,
  weighting: (typeof classWeight)['choices'][number] | null,
  classes: number,
): Float64Array | undefined {
  if (weighting === null) return weights;
  const sums = new Float64Array(classes);
  let total = 0;
  y.forEach((k, i) => {
    const weight = weights?.[i] ?? 1;
    sums[k] = (sums[k] as number) + weight;
    total += weight;
  });
  return y.map((k, i) => (weights?.[i] ?? 1) * (total / (classes * (sums[k] as number))));
}

/** What the parameter `class_weight` of trees says: no class counts more than its rows unless it is asked for. */
export const classWeightParam = {
  type: 'choice',
  default: null,
  nullable: true,
  choices: ['balanced'],
  description:
    'balanced: rows count so much more that each class weighs as much; probabilities are no frequencies then',
} as const;

/**
 * By how much the rows of each class count, so that all classes weigh as much together, and all rows as much as before; 0 for a class
 * of which there is nothing.
 *
 * Source: King and Zeng 2001; scikit-learn 1.9, `compute_class_weight`.
 *
 * @param counts how often each row counts, at least 0. @default once
 */
export function balancedWeights(y: Float64Array, classes: number, counts?: Float64Array): Float64Array {
  const sums = new Float64Array(classes);
  let total = 0;
  for (let i = 0; i < y.length; i++) {
    const count = counts ? counts[i]! : 1;
    sums[y[i]!]! += count;
    total += count;
  }
  const present = sums.reduce((present, sum) => present + Number(sum > 0), 0);
  return sums.map((sum) => (sum > 0 ? total / (present * sum) : 0));
}

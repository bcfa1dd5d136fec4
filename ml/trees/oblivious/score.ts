/**
 * By what each place to split a column is scored: the sums over all leaves to be, in turn, of value × gradients, and of
 * value² × weight, where a leaf's value is Σ gradients ÷ (Σ weights + l2).
 */
export type ScoreSums = Float64Array;

/**
 * The score of a split: by Cosine, the cosine between the gradients and the leaf values that would fit them (less a
 * factor that is the same for all splits); by L2, how much the leaf values lessen the squared error.
 */
export function scoreOf(sums: ScoreSums, place: number, cosine: boolean): number {
  const products = sums[2 * place]!;
  return cosine ? products / Math.sqrt(sums[2 * place + 1]! + 1e-100) : products;
}

import type { Candidate } from './candidate.ts';

/** What a split's score is made of, an entry a place to split: sums over the leaves so far. */
export interface ScoreSums {
  /** Σ leaf value × sum of gradients. */
  readonly products: Float64Array;
  /** Σ leaf value² × weight. */
  readonly squares: Float64Array;
}

/** What all bins of a leaf have together. */
export interface Leaf {
  readonly gradients: number;
  readonly weights: number;
  readonly l2: number;
}

/**
 * Adds one leaf to the scores of every border of a column. Each side of a border would become a leaf of the value
 * a = Σ gradients ÷ (Σ weights + l2).
 *
 * @param sums for each bin of the leaf from `at` on, the sums of gradients and of weights, in turn
 */
export function addLeaf(scores: ScoreSums, sums: Float64Array, at: number, { binCount }: Candidate, leaf: Leaf): void {
  const { products, squares } = scores;
  const { gradients, weights, l2 } = leaf;
  let left = 0;
  let leftWeight = 0;
  let product = 0;
  let square = 0;
  for (let bin = 0, i = at; bin < binCount - 1; bin++, i += 2) {
    const weight = sums[i + 1]!;
    // A border above an empty bin parts the rows as the one below it does.
    if (weight !== 0 || bin === 0) {
      left += sums[i]!;
      leftWeight += weight;
      const right = gradients - left;
      const rightWeight = weights - leftWeight;
      const a = leftWeight > 0 ? left / (leftWeight + l2) : 0;
      const b = rightWeight > 0 ? right / (rightWeight + l2) : 0;
      product = a * left + b * right;
      square = a * a * leftWeight + b * b * rightWeight;
    }
    products[bin]! += product;
    squares[bin]! += square;
  }
}

/** The same for a one-hot column, whose every bin can be taken from the others. */
export function addOneHotLeaf(
  scores: ScoreSums,
  sums: Float64Array,
  at: number,
  { binCount }: Candidate,
  leaf: Leaf,
): void {
  const { products, squares } = scores;
  const { gradients, weights, l2 } = leaf;
  for (let bin = 0, i = at; bin < binCount; bin++, i += 2) {
    const inside = sums[i]!;
    const insideWeight = sums[i + 1]!;
    const outside = gradients - inside;
    const outsideWeight = weights - insideWeight;
    const a = insideWeight > 0 ? inside / (insideWeight + l2) : 0;
    const b = outsideWeight > 0 ? outside / (outsideWeight + l2) : 0;
    products[bin]! += a * inside + b * outside;
    squares[bin]! += a * a * insideWeight + b * b * outsideWeight;
  }
}

/**
 * The score of a split: by Cosine, the cosine between the gradients and the leaf values that would fit them (less a
 * factor that is the same for all splits); by L2, how much the leaf values lessen the squared error.
 */
export function scoreOf({ products, squares }: ScoreSums, place: number, cosine: boolean): number {
  return cosine ? products[place]! / Math.sqrt(squares[place]! + 1e-100) : products[place]!;
}

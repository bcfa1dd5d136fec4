import { Derived } from '../../core/derived.ts';
import type { Matrix } from '../../core/matrix.ts';
import { eachLeaves } from '../../trees/prediction/each-leaves.ts';
import type { Trees } from '../../trees/trees.ts';

/** All leaves of some trees in the order of their values, those of equal values in the order of their trees. */
interface LeafOrder {
  /** Of each leaf, by its node, its rank among them. */
  readonly rankOf: Uint32Array;
  /** Of each rank, the tree and the value of its leaf. */
  readonly treeOf: Uint32Array;
  readonly valueAt: Float64Array;
}

// Remembered: to sort all leaves takes longer than to predict a row.
const leafOrders = new Derived<Trees, LeafOrder>();

/**
 * The weighted median of the first so many trees for each row of `x`, for each number in `counts`: the value of the first tree, in the
 * order of their values, up to which there is half of all weight.
 *
 * A row's leaves are put in order by a bit for each leaf, since to compare their values one by one takes many times longer.
 */
export function weightedMedians(
  trees: Trees,
  weights: Float64Array,
  x: Matrix,
  counts: readonly number[],
): Float64Array[] {
  const { rankOf, treeOf, valueAt } = leafOrders.of(trees, [], () => orderLeaves(trees));
  const stages = counts.map((count) => {
    const some = weights.subarray(0, count);
    const half = some.reduce((sum, weight) => sum + weight, 0) / 2;
    return { count: some.length, half, medians: new Float64Array(x.rows) };
  });
  const isTaken = new Uint32Array(Math.ceil(treeOf.length / 32));
  const ranks = new Uint32Array(weights.length);
  eachLeaves(trees, x, (leaves, first, rows) => {
    for (let i = 0; i < rows; i++) {
      for (let tree = 0; tree < ranks.length; tree++) {
        const rank = rankOf[leaves[i * trees.roots.length + tree]!]!;
        isTaken[rank >>> 5]! |= 1 << (rank & 31);
      }
      takeAscending(isTaken, ranks);
      for (let k = 0; k < stages.length; k++) {
        const { count, half, medians } = stages[k]!;
        medians[first + i] = valueAt[medianOf(ranks, treeOf, weights, count, half)]!;
      }
    }
  });
  return stages.map(({ medians }) => medians);
}

function orderLeaves({ roots, feature, threshold }: Trees): LeafOrder {
  const treeOfNode = new Uint32Array(feature.length);
  roots.forEach((root, tree) => {
    treeOfNode.fill(tree, root, roots[tree + 1] ?? feature.length);
  });
  const leaves = Uint32Array.from(feature.keys()).filter((node) => feature[node]! < 0);
  leaves.sort((a, b) => threshold[a]! - threshold[b]! || treeOfNode[a]! - treeOfNode[b]!);
  const rankOf = new Uint32Array(feature.length);
  leaves.forEach((leaf, rank) => {
    rankOf[leaf] = rank;
  });
  return {
    rankOf,
    treeOf: leaves.map((leaf) => treeOfNode[leaf]!),
    valueAt: Float64Array.from(leaves, (leaf) => threshold[leaf]!),
  };
}

/** Takes the numbers of the bits that are set, ascending, and clears them. */
function takeAscending(bits: Uint32Array, numbers: Uint32Array): void {
  let count = 0;
  for (let word = 0; word < bits.length; word++) {
    for (let left = bits[word]!; left !== 0; left &= left - 1) {
      numbers[count++] = 32 * word + 31 - Math.clz32(left & -left);
    }
    bits[word] = 0;
  }
}

/** The rank of the median of the first `count` trees, of a row's ascending ranks. @param half half of the sum of their weights */
function medianOf(ranks: Uint32Array, treeOf: Uint32Array, weights: Float64Array, count: number, half: number): number {
  let sum = 0;
  let seen = 0;
  for (let k = 0; ; k++) {
    const tree = treeOf[ranks[k]!]!;
    if (tree >= count) continue;
    sum += weights[tree]!;
    seen += 1;
    if (seen === count || !(sum < half)) return ranks[k]!;
  }
}

import type { CoveredTrees } from '../../shap/tree-paths.ts';
import { TreeBuilder } from '../../trees.ts';
import type { ObliviousTrees } from '../model/trees.ts';

/**
 * Oblivious trees as binary trees of features: every node of a level has the same split, the last one at the root, as the reference has
 * them where it explains. Null where the weights of leaves are not known.
 */
export function asTrees({ depths, features, borders, values, weights }: ObliviousTrees): CoveredTrees | null {
  if (!weights) return null;
  const builder = new TreeBuilder();
  let firstSplit = 0;
  let firstLeaf = 0;
  for (const depth of depths) {
    let level = [builder.addTree()];
    for (let split = firstSplit + depth - 1; split >= firstSplit; split--) {
      level = level.flatMap((node) => {
        const left = builder.split(node, features[split]!, borders[split]!, true);
        return [left, left + 1];
      });
    }
    // A level's nodes are in the order of their leaves' bits.
    level.forEach((node, leaf) => {
      builder.setLeaf(node, values[firstLeaf + leaf]!);
    });
    setCovers(builder, level, weights.subarray(firstLeaf, firstLeaf + level.length));
    firstSplit += depth;
    firstLeaf += level.length;
  }
  const trees = builder.build();
  return { ...trees, cover: trees.cover ?? new Float32Array() };
}

/** Sets the weight of each leaf, and of each node above it, level by level. @param leaves the last level */
function setCovers(builder: TreeBuilder, leaves: readonly number[], weights: Float32Array): void {
  let first = leaves[0]!;
  let sums = Float64Array.from(weights);
  for (let count = leaves.length; ; count /= 2) {
    for (let node = 0; node < count; node++) builder.setCover(first + node, sums[node]!);
    if (count === 1) return;
    first -= count / 2;
    sums = Float64Array.from({ length: count / 2 }, (_, node) => sums[2 * node]! + sums[2 * node + 1]!);
  }
}

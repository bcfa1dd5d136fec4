/**
 * Oblivious trees, one after another, as flat arrays: a tree of depth d has d splits and 2^d leaves. Bit i of a row's
 * leaf is set where it exceeds the border of split i, so finding it takes no branch.
 */
export type ObliviousTrees = {
  /** How many splits each tree has. */
  readonly depths: Uint8Array;
  /** The feature that each split looks at. */
  readonly features: Int32Array;
  /** What a value must exceed to go right; a missing value exceeds nothing. */
  readonly borders: Float32Array;
  /** The values of all leaves, leaves × outputs. */
  readonly values: Float64Array;
  /** How many values a leaf has. @default 1 */
  readonly outputs?: number;
  /** The weight of the training rows in each leaf, sampled or not. @default not known: trees grown before 0.5.0 lack it */
  readonly weights?: Float32Array;
};

/** One split of a tree: of which feature, at which border. */
export interface TreeSplit {
  readonly feature: number;
  readonly border: number;
}

/** Trees as they are grown, to be made flat at the end. */
export interface GrownTree {
  readonly splits: readonly TreeSplit[];
  /** 2^splits × outputs values. */
  readonly values: Float64Array;
  /** The weight of the training rows in each of these leaves. */
  readonly weights: Float64Array;
}

export function flatten(trees: readonly GrownTree[], outputs = 1): ObliviousTrees {
  const splits = trees.flatMap((tree) => tree.splits);
  const leaves = trees.reduce((sum, tree) => sum + tree.weights.length, 0);
  const values = new Float64Array(leaves * outputs);
  const weights = new Float32Array(leaves);
  let at = 0;
  for (const tree of trees) {
    values.set(tree.values, at * outputs);
    weights.set(tree.weights, at);
    at += tree.weights.length;
  }
  return {
    depths: Uint8Array.from(trees, (tree) => tree.splits.length),
    features: Int32Array.from(splits, ({ feature }) => feature),
    borders: Float32Array.from(splits, ({ border }) => border),
    values,
    ...(outputs > 1 ? { outputs } : {}),
    weights,
  };
}

/** The same trees with the values of one output alone. */
export function treesOfOutput({ outputs = 1, ...trees }: ObliviousTrees, output: number): ObliviousTrees {
  if (outputs === 1) return trees;
  const leaves = trees.values.length / outputs;
  return {
    ...trees,
    values: Float64Array.from({ length: leaves }, (_, leaf) => trees.values[leaf * outputs + output]!),
  };
}

/** The sum of the trees' leaves for one row, given its features, of trees of one output. */
export function sumTrees(trees: ObliviousTrees, row: Float32Array): number {
  return stagedSums(trees, row, [trees.depths.length])[0]!;
}

/**
 * The sum of the leaves of the first so many trees, for each number in `counts` (ascending); past the last tree, of all. Of trees of one
 * output.
 */
export function stagedSums(
  { depths, features, borders, values }: ObliviousTrees,
  row: Float32Array,
  counts: readonly number[],
): number[] {
  const sums: number[] = [];
  let sum = 0;
  let tree = 0;
  let split = 0;
  let firstLeaf = 0;
  for (const count of counts) {
    for (const end = Math.min(count, depths.length); tree < end; tree++) {
      const depth = depths[tree]!;
      let leaf = 0;
      // A comparison that is taken as a number needs no branch: a fifth of the time.
      for (let level = 0; level < depth; level++, split++)
        leaf |= Number(row[features[split]!]! > borders[split]!) << level;
      sum += values[firstLeaf + leaf]!;
      firstLeaf += 1 << depth;
    }
    sums.push(sum);
  }
  return sums;
}

/** The same of trees of any number of outputs: for each number in `counts` the sums of all of them. */
export function stagedOutputs(
  { depths, features, borders, values, outputs = 1 }: ObliviousTrees,
  row: Float32Array,
  counts: readonly number[],
): Float64Array[] {
  const sum = new Float64Array(outputs);
  let tree = 0;
  let split = 0;
  let firstLeaf = 0;
  return counts.map((count) => {
    for (const end = Math.min(count, depths.length); tree < end; tree++) {
      const depth = depths[tree]!;
      let leaf = firstLeaf;
      for (let level = 0; level < depth; level++, split++)
        leaf += Number(row[features[split]!]! > borders[split]!) << level;
      for (let output = 0, at = leaf * outputs; output < outputs; output++, at++) sum[output]! += values[at]!;
      firstLeaf += 1 << depth;
    }
    return sum.slice();
  });
}

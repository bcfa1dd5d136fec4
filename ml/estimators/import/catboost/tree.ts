import { DataError } from '../../../core/errors.ts';
import type { FileValue } from '../file-values.ts';
import type { FileTree, LeafNode, SplitNode } from '../trees-writer.ts';
import type { CatBoostFeatures } from './features.ts';
import type { StatisticSplits } from './statistic-splits.ts';
import { itemAt } from './statistics.ts';

/** A split of a tree, but for its children. */
type LevelSplit = Pick<SplitNode, 'feature' | 'test' | 'missing'> & {
  /** Whether a row whose test holds goes to the upper half of the leaves. */
  readonly upperHolds: boolean;
};

/** CatBoost grows no deeper ones. */
const MOST_DEPTH = 16;

/**
 * An oblivious tree, whose rows all answer the same tests: the answer to split k is bit k of the leaf's number. Here the last split
 * is at the root, as where CatBoost explains predictions, and the nodes are numbered row by row.
 */
export function readTree(
  tree: FileValue,
  outputs: number,
  features: CatBoostFeatures,
  statistics: StatisticSplits,
): FileTree {
  const list = tree.find('splits');
  const splits = list === undefined || list.value === null ? [] : list.items();
  const depth = splits.length;
  if (depth > MOST_DEPTH) throw tree.problem(`has ${depth} splits; there may be ${MOST_DEPTH}`);
  const leaves = 2 ** depth;
  const values = tree.at('leaf_values').numbers(leaves * outputs);
  const weights = tree.find('leaf_weights')?.numbers(leaves);
  const levels = splits.map((split) => readSplit(split, features, statistics)).reverse();
  const covers = weights && coversOf(weights);
  const covered = (node: number) => (covers ? { cover: covers[node]! } : {});
  return {
    nodes: 2 * leaves - 1,
    nodeAt: (node): SplitNode | LeafNode => {
      if (node >= leaves - 1) {
        const from = (node - leaves + 1) * outputs;
        return { leaf: Array.from(values.subarray(from, from + outputs)), ...covered(node) };
      }
      const { upperHolds, ...split } = levels[Math.floor(Math.log2(node + 1))]!;
      const [lower, upper] = [2 * node + 1, 2 * node + 2];
      return { ...split, yes: upperHolds ? upper : lower, no: upperHolds ? lower : upper, ...covered(node) };
    },
  };
}

/** How much the rows of each node weighed, from those of the leaves. */
function coversOf(weights: Float64Array): Float64Array {
  const covers = new Float64Array(2 * weights.length - 1);
  covers.set(weights, weights.length - 1);
  for (let node = weights.length - 2; node >= 0; node--) covers[node] = covers[2 * node + 1]! + covers[2 * node + 2]!;
  return covers;
}

function readSplit(split: FileValue, features: CatBoostFeatures, statistics: StatisticSplits): LevelSplit {
  const type = split.at('split_type').text();
  switch (type) {
    case 'FloatFeature': {
      const { feature, missingAbove } = itemAt(features.numbers, split.at('float_feature_index'));
      const value = split.at('border').number();
      return {
        feature,
        test: { is: 'at-most', value, as: 'float32' },
        missing: missingAbove ? 'no' : 'yes',
        upperHolds: false,
      };
    }
    case 'OneHotFeature': {
      const { feature } = itemAt(features.categories, split.at('cat_feature_index'));
      const code = split.at('value').number() >>> 0;
      return {
        feature,
        test: { is: 'one-of', values: [code], as: 'code' },
        missing: code === features.missingCode ? 'yes' : 'no',
        upperHolds: true,
      };
    }
    case 'OnlineCtr': {
      const { input, border } = statistics.at(split.at('split_index'));
      return {
        feature: input,
        test: { is: 'at-most', value: border, as: 'float32' },
        missing: 'yes',
        upperHolds: false,
      };
    }
    default:
      throw new DataError(`the model of CatBoost splits by "${type}", which is not supported`);
  }
}

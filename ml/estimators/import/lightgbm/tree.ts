import { DataError } from '../../../core/errors.ts';
import type { FileTree, LeafNode, SplitNode } from '../trees-writer.ts';
import type { Fields } from './model-text.ts';

/** The bits of a node's decision. */
const CATEGORICAL = 1;
const DEFAULT_LEFT = 2;

/** What a node does with missing values: they count as 0, zeros count as missing, or they go their own way. */
const missingTypes = ['none', 'zero', 'nan'] as const;

/**
 * One tree. The file numbers splits from 0 on, and leaves from −1 downwards; here leaves follow the splits.
 *
 * @param output which output it is added to
 * @param weight what leaves are multiplied by
 * @throws DataError where the section does not say a whole tree
 * Source: LightGBM 4.6, `Tree::ToString` and `tree.h`
 */
export function readTree(section: Fields, output: number, weight: number): FileTree {
  if (section.whole('is_linear', 0, 0) !== 0)
    throw new DataError('models of LightGBM whose leaves are linear (linear_tree) are not supported: train without it');
  const leaves = section.whole('num_leaves', 1);
  const values = section.numbers('leaf_value', leaves);
  const splits = leaves - 1;
  const covers = coversOf(section, splits);
  const leaf = (at: number): LeafNode => ({ leaf: [values[at]!], ...(covers && { cover: covers[splits + at]! }) });
  if (splits === 0) return { nodes: 1, output, weight, nodeAt: () => leaf(0) };

  const features = section.wholes('split_feature', splits);
  const thresholds = section.numbers('threshold', splits);
  const decisions = section.wholes('decision_type', splits);
  const left = section.wholes('left_child', splits);
  const right = section.wholes('right_child', splits);
  const sets = readSets(section);
  const child = (node: number) => (node >= 0 ? node : splits + ~node);

  const splitAt = (node: number): SplitNode => {
    const decision = decisions[node]!;
    const split = {
      feature: features[node]!,
      yes: child(left[node]!),
      no: child(right[node]!),
      ...(covers && { cover: covers[node]! }),
    };
    if (decision & CATEGORICAL) {
      const values = sets[thresholds[node]!];
      if (!values) throw section.error(`split ${node} has no set of categories`);
      return { ...split, test: { is: 'one-of', values, as: 'code' }, missing: 'no' };
    }
    const missing = missingTypes[decision >> 2];
    if (missing === undefined) throw section.error(`split ${node} has the decision ${decision}`);
    return {
      ...split,
      test: { is: 'at-most', value: thresholds[node]!, as: 'float64' },
      missing: decision & DEFAULT_LEFT ? 'yes' : 'no',
      ...(missing === 'none' && { zeros: 'for-missing' }),
      ...(missing === 'zero' && { zeros: 'as-missing' }),
    };
  };
  return {
    nodes: splits + leaves,
    output,
    weight,
    nodeAt: (node) => (node < splits ? splitAt(node) : leaf(node - splits)),
  };
}

/** How many training rows reached each node, splits before leaves; undefined where the file does not say. */
function coversOf(section: Fields, splits: number): Float64Array | undefined {
  if (splits === 0)
    return section.has('leaf_count') && section.words('leaf_count').length > 0
      ? section.wholes('leaf_count', 1)
      : undefined;
  if (!section.has('internal_count') || !section.has('leaf_count')) return undefined;
  return Float64Array.from([...section.wholes('internal_count', splits), ...section.wholes('leaf_count', splits + 1)]);
}

/** The sets of categories that splits ask for, from bits: word w, bit b is category 32 w + b. */
function readSets(section: Fields): readonly (readonly number[])[] {
  const count = section.whole('num_cat', 0);
  if (count === 0) return [];
  const bounds = section.wholes('cat_boundaries', count + 1);
  const words = section.wholes('cat_threshold', section.words('cat_threshold').length);
  return Array.from({ length: count }, (_, set) => {
    const [from, to] = [bounds[set]!, bounds[set + 1]!];
    if (!(from >= 0 && from <= to && to <= words.length)) throw section.error('cat_boundaries are not ascending');
    const values: number[] = [];
    for (let word = from; word < to; word++)
      for (let bit = 0; bit < 32; bit++) if ((words[word]! >>> bit) & 1) values.push(32 * (word - from) + bit);
    return values;
  });
}

/** The features of the splits that ask whether a category is one of some. */
export function splitsBySets(section: Fields): number[] {
  if (section.whole('num_leaves', 1) === 1) return [];
  const decisions = section.words('decision_type');
  return section
    .words('split_feature')
    .flatMap((feature, at) => (Number(decisions[at]) & CATEGORICAL ? Number(feature) : []));
}

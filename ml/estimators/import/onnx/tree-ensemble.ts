import { DataError } from '../../../core/errors.ts';
import type { FileTree, LeafNode, NodeTest, SplitNode } from '../trees-writer.ts';
import type { Attributes } from './attributes.ts';
import { type Column, testedBy, withSteps } from './columns.ts';
import { damaged } from './damaged.ts';
import { nodesByTree, type TreeNodes } from './tree-nodes.ts';

/** The splits of ONNX-ML, as tests of ours, and whether the test holds where the split goes its true way. */
const modes: Readonly<Record<string, { readonly is: 'at-most' | 'below' | 'one-of'; readonly holds: boolean }>> = {
  BRANCH_LEQ: { is: 'at-most', holds: true },
  BRANCH_LT: { is: 'below', holds: true },
  BRANCH_GTE: { is: 'below', holds: false },
  BRANCH_GT: { is: 'at-most', holds: false },
  BRANCH_EQ: { is: 'one-of', holds: true },
  BRANCH_NEQ: { is: 'one-of', holds: false },
  BRANCH_MEMBER: { is: 'one-of', holds: true },
};

/** Each leaf has a number for each output: 512 MB. */
const MOST_LEAF_NUMBERS = 2 ** 26;

/** What leaves say: lists with an entry for each number of a leaf. */
export interface LeafLists {
  readonly trees: readonly number[];
  readonly nodes: readonly number[];
  readonly outputs: readonly number[];
  readonly weights: readonly number[];
}

/**
 * The trees of a `TreeEnsembleRegressor` or `TreeEnsembleClassifier`, whose nodes lie in lists one beside another.
 *
 * @param said what leaves say: several numbers may be of one leaf, and are added
 * @throws DataError where the lists are not of one length, or a node is not there
 */
export function readTrees(
  attributes: Attributes,
  columns: readonly Column[],
  outputs: number,
  said: LeafLists,
): FileTree[] {
  const lists = readLists(attributes);
  const trees = nodesByTree(lists.trees, lists.nodes);
  const leafAt = readLeaves(said, trees, lists.nodes.length, outputs);
  return Array.from(trees.values(), (nodes): FileTree => {
    const nodeAt = (place: number): SplitNode | LeafNode => {
      const at = nodes.at(place);
      if (lists.modes[at] === 'LEAF') return { leaf: leafAt(at) };
      const comparison = {
        mode: lists.modes[at]!,
        values: [lists.values[at]!],
        missingTrue: lists.missingTrue[at] === 1,
      };
      const children = { isTrue: nodes.placeOf(lists.yes[at]!), isFalse: nodes.placeOf(lists.no[at]!) };
      return splitBy(columns[lists.features[at]!], comparison, children);
    };
    return { nodes: nodes.size, root: rootOf(lists, nodes), nodeAt };
  });
}

/** A function from where in the lists a leaf is to what it says of each output. */
function readLeaves(
  { trees, nodes, outputs: ofOutput, weights }: LeafLists,
  places: ReadonlyMap<number, TreeNodes>,
  count: number,
  outputs: number,
): (at: number) => number[] {
  if (weights.length * outputs > MOST_LEAF_NUMBERS)
    throw new DataError(`the ONNX model has more than ${MOST_LEAF_NUMBERS} numbers in its leaves`);
  const values = new Float64Array(weights.length * outputs);
  const leaves = new Int32Array(count).fill(-1);
  let found = 0;
  weights.forEach((weight, k) => {
    const tree = places.get(trees[k]!);
    const place = tree?.placeOf(nodes[k]!) ?? -1;
    const output = ofOutput[k]!;
    if (!tree || place < 0 || !(output >= 0 && output < outputs))
      throw damaged(`node ${nodes[k]} of tree ${trees[k]} is no leaf for output ${output}`);
    const at = tree.at(place);
    if (leaves[at]! < 0) leaves[at] = found++;
    values[leaves[at]! * outputs + output]! += weight;
  });
  return (at) => {
    const leaf = leaves[at]!;
    return leaf < 0
      ? new Array<number>(outputs).fill(0)
      : Array.from(values.subarray(leaf * outputs, (leaf + 1) * outputs));
  };
}

type Lists = ReturnType<typeof readLists>;

function readLists(attributes: Attributes) {
  const nodes = attributes.numbers('nodes_nodeids');
  const list = (name: string, otherwise?: number): readonly number[] => {
    const values = attributes.numbersOf(name, `${name}_as_tensor`);
    if (values.length === 0 && otherwise !== undefined) return new Array<number>(nodes.length).fill(otherwise);
    if (values.length !== nodes.length) throw damaged(`${name} has ${values.length} entries for ${nodes.length} nodes`);
    return values;
  };
  const modes = attributes.texts('nodes_modes');
  if (modes.length !== nodes.length) throw damaged(`nodes_modes has ${modes.length} entries for ${nodes.length} nodes`);
  return {
    nodes,
    modes,
    trees: list('nodes_treeids'),
    features: list('nodes_featureids'),
    values: list('nodes_values'),
    yes: list('nodes_truenodeids'),
    no: list('nodes_falsenodeids'),
    missingTrue: list('nodes_missing_value_tracks_true', 0),
  };
}

/** The place of the node that no other leads to, which is the first, mostly. */
function rootOf({ modes, yes, no }: Lists, nodes: TreeNodes): number {
  const isChild = new Uint8Array(nodes.size);
  for (let place = 0; place < nodes.size; place++) {
    const at = nodes.at(place);
    if (modes[at] === 'LEAF') continue;
    for (const child of [yes[at]!, no[at]!]) {
      const found = nodes.placeOf(child);
      if (found >= 0) isChild[found] = 1;
    }
  }
  return Math.max(0, isChild.indexOf(0));
}

/** How a split compares, as ONNX-ML says it. */
interface Comparison {
  readonly mode: string;
  /** What it compares with: one number, but of membership. */
  readonly values: readonly number[];
  readonly missingTrue: boolean;
}

/** @param children where the comparison is true, and where it is false */
export function splitBy(
  column: Column | undefined,
  { mode, values, missingTrue }: Comparison,
  children: { readonly isTrue: number; readonly isFalse: number },
): SplitNode {
  const known = Object.hasOwn(modes, mode) ? modes[mode] : undefined;
  if (!known) throw new DataError(`the ONNX model has nodes of the mode ${mode}, which is not supported`);
  if (!column) throw damaged('a split is by a column that is not there');
  const { isTrue, isFalse } = children;
  // A missing value is unequal to any.
  const missingGoesTrue = missingTrue || mode === 'BRANCH_NEQ';
  return {
    ...tested(column, known.is, values),
    yes: known.holds ? isTrue : isFalse,
    no: known.holds ? isFalse : isTrue,
    missing: missingGoesTrue === known.holds ? 'yes' : 'no',
  };
}

/** Which number is compared, and how: as float64 where the column is of such numbers. */
function tested(column: Column, is: NodeTest['is'], values: readonly number[]): Pick<SplitNode, 'feature' | 'test'> {
  if (column.type === 'string') throw new DataError('the ONNX model has a split by a text, which is not supported');
  const as = column.type === 'double' ? 'float64' : 'float32';
  const feature = testedBy(column);
  if (is !== 'one-of') return { feature, test: { is, value: values[0]!, as } };
  if (typeof feature === 'number') return { feature, test: { is, values, as } };
  // −1 where it is one of them, else 0.
  const isOne = testedBy(
    withSteps(column, 'float', { is: 'look-up', keys: values, values: values.map(() => -1), otherwise: 0 }),
  );
  return { feature: isOne, test: { is: 'at-most', value: -1, as: 'float32' } };
}

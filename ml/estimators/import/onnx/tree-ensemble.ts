import { DataError } from '../../../core/errors.ts';
import type { FileTree, LeafNode, NodeTest, SplitNode } from '../trees-writer.ts';
import type { Attributes } from './attributes.ts';
import { type Column, testedBy, withSteps } from './columns.ts';

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

/** What a leaf says of an output. */
export interface LeafWeight {
  readonly tree: number;
  readonly node: number;
  readonly output: number;
  readonly weight: number;
}

/**
 * The trees of a `TreeEnsembleRegressor` or `TreeEnsembleClassifier`, whose nodes lie in lists one beside another.
 *
 * @param leaves what leaves say: several numbers may be of one leaf, and are added
 * @throws DataError where the lists are not of one length, or a node is not there
 */
export function readTrees(
  attributes: Attributes,
  columns: readonly Column[],
  outputs: number,
  leaves: readonly LeafWeight[],
): FileTree[] {
  const lists = readLists(attributes);
  const trees = new Map<number, Map<number, number>>();
  lists.trees.forEach((tree, at) => {
    const places = trees.get(tree) ?? new Map<number, number>();
    trees.set(tree, places);
    if (places.has(lists.nodes[at]!)) throw damaged(`tree ${tree} has node ${lists.nodes[at]} twice`);
    places.set(lists.nodes[at]!, at);
  });
  if (leaves.length * outputs > MOST_LEAF_NUMBERS)
    throw new DataError(`the ONNX model has more than ${MOST_LEAF_NUMBERS} numbers in its leaves`);
  const said = new Map<number, number[]>();
  for (const { tree, node, output, weight } of leaves) {
    const at = trees.get(tree)?.get(node);
    if (at === undefined || !(output >= 0 && output < outputs))
      throw damaged(`node ${node} of tree ${tree} is no leaf for output ${output}`);
    const values = said.get(at) ?? new Array<number>(outputs).fill(0);
    values[output]! += weight;
    said.set(at, values);
  }
  return Array.from(trees.values(), (places): FileTree => {
    const order = [...places.values()];
    const placeOf = new Map(order.map((at, place) => [at, place]));
    const child = (node: number) => placeOf.get(places.get(node) ?? -1) ?? -1;
    const nodeAt = (place: number): SplitNode | LeafNode => {
      const at = order[place]!;
      if (lists.modes[at] === 'LEAF') return { leaf: said.get(at) ?? new Array<number>(outputs).fill(0) };
      const comparison = {
        mode: lists.modes[at]!,
        values: [lists.values[at]!],
        missingTrue: lists.missingTrue[at] === 1,
      };
      const children = { isTrue: child(lists.yes[at]!), isFalse: child(lists.no[at]!) };
      return splitBy(columns[lists.features[at]!], comparison, children);
    };
    return { nodes: order.length, root: rootOf(lists, order, child), nodeAt };
  });
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

/** The node that no other leads to, which is the first, mostly. */
function rootOf(lists: Lists, order: readonly number[], child: (node: number) => number): number {
  const children = new Set(
    order.flatMap((at) => (lists.modes[at] === 'LEAF' ? [] : [child(lists.yes[at]!), child(lists.no[at]!)])),
  );
  return Math.max(
    0,
    order.findIndex((_, place) => !children.has(place)),
  );
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

export function damaged(problem: string): DataError {
  return new DataError(`the ONNX model is damaged: ${problem}`);
}

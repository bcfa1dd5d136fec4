import { DataError } from '../../../../core/errors.ts';
import type { FileTree, LeafNode, SplitNode } from '../../trees-writer.ts';
import type { Attributes } from '../attributes.ts';
import type { Column } from '../columns.ts';
import { damaged } from '../damaged.ts';
import type { Node } from '../graph.ts';
import { type Scores, withLink } from '../scores.ts';
import { splitBy } from '../tree-ensemble.ts';
import { linkBy } from './post-transforms.ts';

/** By their numbers in the file. */
const modes = ['BRANCH_LEQ', 'BRANCH_LT', 'BRANCH_GTE', 'BRANCH_GT', 'BRANCH_EQ', 'BRANCH_NEQ', 'BRANCH_MEMBER'];
const transforms = ['NONE', 'SOFTMAX', 'LOGISTIC', 'SOFTMAX_ZERO', 'PROBIT'];
const aggregates = ['AVERAGE', 'SUM', 'MIN', 'MAX'];

/**
 * Trees as version 5 of ONNX-ML has them: splits and leaves in lists of their own, and the roots of trees among the splits. A tree of one
 * leaf is a split whose children are both that leaf.
 */
export function treeEnsemble({ operator, attributes }: Node, columns: readonly Column[]): Scores {
  const outputs = attributes.number('n_targets', 1);
  if (outputs !== 1) throw new DataError(`the ONNX model predicts ${outputs} numbers; one is supported`);
  const aggregate = attributes.number('aggregate_function', 1);
  if (aggregate !== 0 && aggregate !== 1)
    throw new DataError(`the ONNX model takes the ${aggregates[aggregate]} of its trees, which is not supported`);
  const roots = attributes.numbers('tree_roots');
  const lists = readLists(attributes);
  const taken = new Set<number>();
  const trees = roots.map((root) => treeAt(lists, root, columns, taken));
  const scores: Scores = {
    is: 'scores',
    objective: operator,
    body: { is: 'trees', trees },
    scale: aggregate === 0 ? 1 / Math.max(1, trees.length) : 1,
    bases: [0],
    link: 'identity',
    predicts: 'number',
    classes: null,
  };
  return withLink(scores, linkBy(transforms[attributes.number('post_transform', 0)] ?? '', 1));
}

interface Lists {
  readonly modes: readonly number[];
  readonly features: readonly number[];
  readonly values: readonly number[];
  readonly yes: readonly number[];
  readonly no: readonly number[];
  readonly isYesLeaf: readonly number[];
  readonly isNoLeaf: readonly number[];
  readonly missingTrue: readonly number[];
  readonly weights: readonly number[];
  /** Of each split by membership its values. */
  readonly members: ReadonlyMap<number, readonly number[]>;
}

function readLists(attributes: Attributes): Lists {
  const splits = attributes.numbers('nodes_modes');
  const list = (name: string, otherwise?: number) => {
    const values = attributes.numbers(name);
    if (values.length === 0 && otherwise !== undefined) return new Array<number>(splits.length).fill(otherwise);
    if (values.length !== splits.length)
      throw damaged(`${name} has ${values.length} entries for ${splits.length} splits`);
    return values;
  };
  const weights = attributes.numbers('leaf_weights');
  const targets = attributes.numbers('leaf_targetids');
  if (targets.length !== weights.length || targets.some((target) => target !== 0))
    throw damaged('leaf_targetids are not those of its leaves');
  return {
    modes: splits,
    features: list('nodes_featureids'),
    values: list('nodes_splits'),
    yes: list('nodes_truenodeids'),
    no: list('nodes_falsenodeids'),
    isYesLeaf: list('nodes_trueleafs'),
    isNoLeaf: list('nodes_falseleafs'),
    missingTrue: list('nodes_missing_value_tracks_true', 0),
    weights,
    members: readMembers(attributes.numbers('membership_values'), splits),
  };
}

/** Sets one after another, in the order of the splits by membership, each ended by NaN. */
function readMembers(values: readonly number[], splits: readonly number[]): ReadonlyMap<number, readonly number[]> {
  const members = new Map<number, readonly number[]>();
  let at = 0;
  splits.forEach((mode, split) => {
    if (modes[mode] !== 'BRANCH_MEMBER') return;
    const own: number[] = [];
    for (; at < values.length && !Number.isNaN(values[at]); at++) own.push(values[at]!);
    at += 1;
    members.set(split, own);
  });
  return members;
}

/** The splits of a tree, its root first. @param taken splits of other trees, which these join */
function splitsOf(lists: Lists, root: number, taken: Set<number>): number[] {
  const found: number[] = [];
  const open = [root];
  for (let split = open.pop(); split !== undefined; split = open.pop()) {
    if (lists.modes[split] === undefined)
      throw damaged(`a tree leads to split ${split}; there are ${lists.modes.length}`);
    if (taken.has(split)) throw damaged(`split ${split} of a tree has two parents`);
    taken.add(split);
    found.push(split);
    if (lists.isNoLeaf[split] !== 1) open.push(lists.no[split]!);
    if (lists.isYesLeaf[split] !== 1) open.push(lists.yes[split]!);
  }
  return found;
}

/** Nodes are numbered splits first; then, since leaves may be shared, the two that each split may lead to. */
function treeAt(lists: Lists, root: number, columns: readonly Column[], taken: Set<number>): FileTree {
  const leaf = (place: number): LeafNode => {
    const weight = lists.weights[place];
    if (weight === undefined) throw damaged(`a split leads to leaf ${place}; there are ${lists.weights.length}`);
    return { leaf: [weight] };
  };
  if (isLoneLeaf(lists, root)) return { nodes: 1, nodeAt: () => leaf(lists.yes[root]!) };
  const own = splitsOf(lists, root, taken);
  const placeOf = new Map(own.map((split, place) => [split, place]));
  const count = own.length;
  const nodeAt = (node: number): SplitNode | LeafNode => {
    const place = node < count ? node : (node - count) >> 1;
    const split = own[place]!;
    if (node >= count) return leaf((node - count) % 2 === 0 ? lists.yes[split]! : lists.no[split]!);
    const comparison = {
      mode: modes[lists.modes[split]!] ?? String(lists.modes[split]),
      values: lists.members.get(split) ?? [lists.values[split]!],
      missingTrue: lists.missingTrue[split] === 1,
    };
    const children = {
      isTrue: lists.isYesLeaf[split] === 1 ? count + 2 * place : placeOf.get(lists.yes[split]!)!,
      isFalse: lists.isNoLeaf[split] === 1 ? count + 2 * place + 1 : placeOf.get(lists.no[split]!)!,
    };
    return splitBy(columns[lists.features[split]!], comparison, children);
  };
  return { nodes: 3 * count, nodeAt };
}

const isLoneLeaf = ({ yes, no, isYesLeaf, isNoLeaf }: Lists, root: number) =>
  isYesLeaf[root] === 1 && isNoLeaf[root] === 1 && yes[root] === no[root];

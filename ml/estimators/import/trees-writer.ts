import { lowerBound } from '../../core/binary-search.ts';
import { DataError } from '../../core/errors.ts';
import { floatBelow } from '../../trees/float-below.ts';
import { TreeBuilder, type Trees } from '../../trees/trees.ts';
import type { ImportedTrees } from './imported-model.ts';
import type { ModelInput, RankInput } from './model-input.ts';

/** What a split asks of a feature's value: whether it is below or at most a number, or one of some. */
export type NodeTest =
  | { readonly is: 'below' | 'at-most'; readonly value: number; readonly as: 'float32' | 'float64' }
  | { readonly is: 'one-of'; readonly values: readonly number[]; readonly as: 'code' | 'float32' | 'float64' };

export interface SplitNode {
  /** Whose value is tested: a feature's, or that of an input of its own, which is a number. */
  readonly feature: number | ModelInput;
  readonly test: NodeTest;
  /** The children, by their numbers in the file's tree: where the test holds, and where it does not. */
  readonly yes: number;
  readonly no: number;
  /** Where a missing value goes. */
  readonly missing: 'yes' | 'no';
  /** Whether missing values are taken for 0 before the test (then none goes by `missing`), or zeros are missing too. @default neither */
  readonly zeros?: 'for-missing' | 'as-missing';
  /** The weight of the training rows that reached the node. Of all nodes it is known, or of none. */
  readonly cover?: number;
}

export interface LeafNode {
  /** One number, or one for each output. */
  readonly leaf: readonly number[];
  readonly cover?: number;
}

export interface FileTree {
  /** How many nodes the file holds of this tree: so many are looked at, at most. */
  readonly nodes: number;
  /** @default 0 */
  readonly root?: number;
  nodeAt(node: number): SplitNode | LeafNode;
  /** Which output it is added to. @default each, its leaves having a number for each */
  readonly output?: number;
  /** What leaves are multiplied by. @default 1 */
  readonly weight?: number;
}

/** By which input a split goes, and whether it is at most its threshold where the test holds. */
interface InputTest {
  readonly input: number;
  readonly threshold: number;
  readonly isYesLeft: boolean;
}

/** Splits above a leaf. No program grows trees as deep; a file may claim so. */
const MOST_DEPTH = 1024;
/** Nodes in all: 1 GB. */
const MOST_NODES = 2 ** 25;

/**
 * Writes the trees of a file, whose numbers nothing is known of, as those that the engines take: splits that compare something else than
 * float32 numbers become splits by an input that is computed.
 */
export class TreesWriter {
  readonly #features: number;
  readonly #builder = new TreeBuilder();
  readonly #inputs: ModelInput[] = [];
  readonly #places = new Map<string | ModelInput, number>();
  /** Of each output the roots of its trees. */
  readonly #roots: number[][];
  #nodes = 0;
  #isCovered = true;

  constructor(features: number, outputs: number) {
    this.#features = features;
    this.#roots = Array.from({ length: outputs }, () => []);
  }

  /** @throws DataError where a child is no node of the tree or has two parents, where it is too deep, and where a number is not finite */
  addTree(tree: FileTree): void {
    const { output } = tree;
    if (output !== undefined) {
      const roots = this.#roots[output];
      if (!roots) throw new DataError(`a tree is of output ${output}; there are ${this.#roots.length}`);
      roots.push(this.#write(tree, 0, 1));
      return;
    }
    this.#roots.forEach((roots, k) => {
      roots.push(this.#write(tree, k, this.#roots.length));
    });
  }

  build(): ImportedTrees {
    const zero = this.#builder.addTree();
    this.#builder.setCover(zero, 1);
    const { cover, ...built } = this.#builder.build();
    const inputs = this.#inputs.map((input, k) => (input.kind === 'rank' ? rank(input, k, built) : input));
    // Rows have a number at least.
    if (inputs.length === 0) inputs.push({ kind: 'number', feature: 0, missing: 'kept' });
    const outputs = this.#roots.length;
    const rounds = Math.max(0, ...this.#roots.map(({ length }) => length));
    // An output that has fewer trees than others has some that add nothing.
    const rootOf = (tree: number) => this.#roots[tree % outputs]![Math.floor(tree / outputs)] ?? zero;
    const roots = Int32Array.from({ length: rounds * outputs }, (_, tree) => rootOf(tree));
    return { kind: 'trees', inputs, trees: { ...built, roots, ...(cover && this.#isCovered && { cover }) } };
  }

  /** Writes a tree from its root on, each split's children beside each other. @param output whose numbers leaves are to say */
  #write({ nodes, root = 0, nodeAt, weight = 1 }: FileTree, output: number, outputs: number): number {
    const seen = new Uint8Array(nodes);
    const first = this.#builder.addTree();
    const open = [{ node: root, at: first, depth: 0 }];
    for (let next = open.pop(); next; next = open.pop()) {
      const { node, at, depth } = next;
      if (!(Number.isInteger(node) && node >= 0 && node < nodes))
        throw new DataError(`a tree of ${nodes} nodes leads to node ${node}, which it does not have`);
      if (seen[node]) throw new DataError(`node ${node} of a tree has two parents`);
      if (depth > MOST_DEPTH) throw new DataError(`a tree is deeper than ${MOST_DEPTH} splits`);
      if (++this.#nodes > MOST_NODES) throw new DataError(`there are more than ${MOST_NODES} nodes`);
      seen[node] = 1;
      const read = nodeAt(node);
      this.#cover(at, read.cover);
      if ('leaf' in read) {
        this.#builder.setLeaf(at, finite(weight * leafOf(read, output, outputs), 'the value of a leaf'));
        continue;
      }
      const children = [read.no, read.yes];
      const { input, threshold, isYesLeft } = this.#inputOf(read);
      if (isYesLeft) children.reverse();
      const left = this.#builder.split(at, input, threshold, (read.missing === 'yes') === isYesLeft);
      open.push({ node: children[1]!, at: left + 1, depth: depth + 1 });
      open.push({ node: children[0]!, at: left, depth: depth + 1 });
    }
    return first;
  }

  #cover(at: number, cover: number | undefined): void {
    if (cover === undefined) {
      this.#isCovered = false;
      return;
    }
    if (!(cover >= 0 && cover < LARGEST_COVER)) throw new DataError(`the rows of a node weigh ${cover}`);
    this.#builder.setCover(at, cover);
  }

  #inputOf({ feature, test, zeros }: SplitNode): InputTest {
    if (typeof feature === 'object') return this.#ownInput(feature, test);
    if (!(Number.isInteger(feature) && feature >= 0 && feature < this.#features))
      throw new DataError(`a split is by feature ${feature}; there are ${this.#features}`);
    const missing = zeros === 'for-missing' ? 'zero' : zeros === 'as-missing' ? 'zeros-too' : 'kept';
    if (test.is === 'one-of') {
      const values = Float64Array.from(new Set(test.values)).sort();
      for (const value of values) finite(value, 'a category of a split');
      const { as } = test;
      const input = this.#place(`set ${feature} ${missing} ${as} ${values.join()}`, () => ({
        kind: 'set',
        feature,
        missing,
        values,
        as,
      }));
      return { input, threshold: 0, isYesLeft: false };
    }
    const { is, as, value } = test;
    finite(value, 'the threshold of a split');
    if (as === 'float32') {
      const single = finite(Math.fround(value), 'the threshold of a split');
      const input = this.#place(`number ${feature} ${missing}`, () => ({ kind: 'number', feature, missing }));
      return { input, threshold: is === 'below' ? floatBelow(single) : single, isYesLeft: true };
    }
    const edges = NO_EDGES;
    const input = this.#place(`rank ${feature} ${missing}`, () => ({ kind: 'rank', feature, missing, edges }));
    return { input, threshold: is === 'below' ? doubleBelow(value) : value, isYesLeft: true };
  }

  #ownInput(own: ModelInput, test: NodeTest): InputTest {
    if (test.is !== 'one-of' && test.as === 'float64' && own.kind === 'steps') {
      const input = this.#place(own, () => ({
        kind: 'rank',
        feature: own.feature,
        missing: 'kept',
        edges: NO_EDGES,
        of: own,
      }));
      finite(test.value, 'the threshold of a split');
      return { input, threshold: test.is === 'below' ? doubleBelow(test.value) : test.value, isYesLeft: true };
    }
    if (test.is === 'one-of' || test.as === 'float64')
      throw new DataError('a split by a computed number compares in a way that is not supported');
    const single = finite(Math.fround(test.value), 'the threshold of a split');
    const threshold = test.is === 'below' ? floatBelow(single) : single;
    return { input: this.#place(own, () => own), threshold, isYesLeft: true };
  }

  #place(key: string | ModelInput, make: () => ModelInput): number {
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    this.#places.set(key, this.#inputs.length);
    return this.#inputs.push(make()) - 1;
  }
}

/** Until all trees are written. */
const NO_EDGES = new Float64Array();
/** What float32 holds. */
const LARGEST_COVER = 2 ** 127;

/** The input with the thresholds of all splits by it as edges; these are then numbers of edges. */
function rank(
  input: RankInput,
  place: number,
  { feature, threshold }: Pick<Trees, 'feature' | 'threshold'>,
): RankInput {
  const edges = Float64Array.from(new Set(threshold.filter((_, node) => feature[node] === place))).sort();
  for (let node = 0; node < feature.length; node++)
    if (feature[node] === place) threshold[node] = lowerBound(edges, threshold[node]!);
  return { ...input, edges };
}

function leafOf({ leaf }: LeafNode, output: number, outputs: number): number {
  if (leaf.length !== outputs) throw new DataError(`a leaf says ${leaf.length} numbers instead of ${outputs}`);
  return leaf[output]!;
}

function finite(value: number, what: string): number {
  if (Number.isFinite(value)) return value;
  throw new DataError(`${what} is ${value}`);
}

const double = new Float64Array(1);
const bits = new BigInt64Array(double.buffer);

/** The greatest float64 below a number that is not −∞. */
function doubleBelow(value: number): number {
  if (value === 0) return -Number.MIN_VALUE;
  double[0] = value;
  bits[0] = bits[0]! + (value > 0 ? -1n : 1n);
  return double[0];
}

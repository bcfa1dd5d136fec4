import { Derived } from '../../core/derived.ts';
import type { Targets } from './criterion.ts';
import { GrownTree } from './grown-tree.ts';
import type { NodeRows } from './node-rows.ts';
import type { ExactRules } from './rules.ts';

/** What the kernel takes for no limit. */
const NO_LIMIT = 2 ** 32 - 1;

// Trees are grown one after the other, whoever grows them.
const growths = new Derived<NodeRows, KernelGrowth>();

/** What grows trees by these rules within the kernel; undefined where it cannot. */
export function kernelGrowthOf(rows: NodeRows, { criterion, splits }: ExactRules): KernelGrowth | undefined {
  const { isExact, hasNear } = rows.ranks;
  const isSquared = criterion === 'squared_error' || criterion === 'friedman_mse';
  if (!isSquared || splits === 'random' || !isExact || hasNear.includes(true)) return undefined;
  return growths.of(rows, [], () => new KernelGrowth(rows));
}

/**
 * Grows trees by the squared error within the kernel, to the same bits as by a criterion: of few rows a tree is more calls, from node to
 * node and from column to column, than sums.
 */
export class KernelGrowth {
  readonly tree: GrownTree;
  /** The rows that are not in the tree, those of each node side by side, from where to before where. */
  readonly others: Uint32Array;
  readonly otherStart: Int32Array;
  readonly otherEnd: Int32Array;
  readonly #nodeRows: NodeRows;
  readonly #weights: Float64Array;
  /** What the kernel is given, in the order of task.as.ts: the rules, and addresses. */
  readonly #minDecrease: Float64Array;
  readonly #rules: Uint32Array;

  constructor(nodeRows: NodeRows) {
    const { arena, ranks, rows, spare, y, pairs, nodePairs } = nodeRows;
    const room = 2 * ranks.rows;
    this.#nodeRows = nodeRows;
    this.#weights = arena.float64(ranks.rows);
    this.tree = new GrownTree(arena, room);
    this.others = arena.uint32(ranks.rows);
    this.otherStart = arena.int32(room);
    this.otherEnd = arena.int32(room);
    const { start, end, depth, varying, column, right, threshold, value, impurity, weight } = this.tree;
    const fields = [
      ...[ranks.rows, ...addressesOf(y, this.#weights, pairs, nodeRows.marks)],
      ...addressesOf(rows, this.others, nodePairs, spare),
      ...columnFields(nodeRows),
      ...nodeRows.twoValued.fields,
      ...addressesOf(nodeRows.answers),
      ...addressesOf(start, end, this.otherStart, this.otherEnd, depth, varying, column, right),
      ...addressesOf(threshold, value, impurity, weight, arena.uint32(room)),
    ];
    this.#minDecrease = arena.float64(1 + Math.ceil((RULES + fields.length) / 2)).subarray(0, 1);
    const { buffer, byteOffset } = this.#minDecrease;
    this.#rules = new Uint32Array(buffer, byteOffset + 8, RULES + fields.length);
    this.#rules.set(fields, RULES);
  }

  /**
   * Grows a tree on the rows that have a weight.
   *
   * @param seed of the draws of columns, not 0
   * @param follows whether to find the leaves of the other rows too
   */
  grow({ y, weights }: Targets, rules: ExactRules, seed: number, follows: boolean): GrownTree {
    const { maxDepth, minSamplesSplit, minSamplesLeaf, maxFeatures, minImpurityDecrease } = rules;
    this.#nodeRows.y.set(y);
    this.#weights.set(weights);
    this.#minDecrease[0] = minImpurityDecrease;
    const own = [maxDepth, minSamplesSplit, minSamplesLeaf, maxFeatures, Number(follows)];
    for (let k = 0; k < own.length; k++) this.#rules[k] = Math.min(own[k]!, NO_LIMIT);
    this.tree.clear(this.#nodeRows.kernel.growTree(this.#minDecrease.byteOffset, seed));
    return this.tree;
  }
}

/** How many rules there are, of 32 bits. */
const RULES = 5;

/** What the kernel is given of columns. */
function columnFields(nodeRows: NodeRows): number[] {
  const { arena, ranks, inOrder, columns, varying, twoValued, isWide } = nodeRows;
  const all = Array.from({ length: ranks.columns }, (_, column) => column);
  const listed = (list: (column: number) => Uint32Array) =>
    copied(arena.uint32(all.length), (column) => (twoValued.has(column) ? 0 : list(column).byteOffset));
  const copied = <A extends Uint32Array | Int32Array | Uint8Array>(to: A, of: (column: number) => number) => {
    for (const column of all) to[column] = of(column);
    return to;
  };
  const values = ranks.least.map((least) => {
    const own = arena.float32(least.length);
    own.set(least);
    return own.byteOffset;
  });
  const least = copied(arena.uint32(all.length), (column) => values[column]!);
  const order = copied(arena.int32(all.length), (k) => inOrder[k]!);
  const lists = listed((column) => nodeRows.sortedBy(column));
  const sorted = listed((column) => nodeRows.allSortedBy(column));
  const placeOf = copied(arena.int32(all.length), (column) => twoValued.placeOf(column));
  const rarer = copied(arena.uint8(all.length), (column) => twoValued.rarer(column));
  return [
    ...addressesOf(order, columns),
    ...[ranks.columns, varying],
    ...addressesOf(least, lists, sorted, placeOf, rarer),
    ...[nodeRows.ranksOf(0), Number(isWide)],
  ];
}

const addressesOf = (...arrays: readonly { readonly byteOffset: number }[]) =>
  arrays.map(({ byteOffset }) => byteOffset);

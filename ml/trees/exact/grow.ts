import type { Random } from '../../random.ts';
import type { TreeBuilder } from '../trees.ts';
import type { Criterion, Targets } from './criterion.ts';
import { GrownTree } from './grown-tree.ts';
import { MedianCriterion } from './median-criterion.ts';
import { NodeRows } from './node-rows.ts';
import { type Ranks, thresholdBetween } from './ranks.ts';
import { SumCriterion } from './sum-criterion.ts';

/** Impurity that is rounding. */
const EPSILON = 2 ** -52;

export interface ExactRules {
  readonly criterion: 'squared_error' | 'friedman_mse' | 'absolute_error' | 'poisson';
  readonly maxDepth: number;
  /** Rows, not weights. */
  readonly minSamplesSplit: number;
  readonly minSamplesLeaf: number;
  readonly minImpurityDecrease: number;
  /** How many columns are drawn for a node; more where none of those can split it. */
  readonly maxFeatures: number;
  readonly ccpAlpha: number;
}

/**
 * Grows regression trees that search every threshold, one after the other, as scikit-learn does: depth first.
 *
 * Source: Breiman et al. 1984; scikit-learn 1.9, `_tree.pyx` and `_splitter.pyx`. Where splits tie, the first column wins,
 * if all are looked at; the reference looks at them in random order.
 */
export class ExactGrower {
  readonly #ranks: Ranks;
  readonly #rules: ExactRules;
  readonly #rows: NodeRows;
  readonly #tree = new GrownTree();
  /** The columns, those not known to be constant in the node first. */
  readonly #columns: Int32Array;
  /** Of each row of the last tree, the leaf that it fell into, by the builder's number; −1 for a row without weight. */
  readonly leafOf: Int32Array;

  constructor(ranks: Ranks, rules: ExactRules) {
    this.#ranks = ranks;
    this.#rules = rules;
    this.#rows = new NodeRows(ranks);
    this.#columns = Int32Array.from({ length: ranks.columns }, (_, j) => j);
    this.leafOf = new Int32Array(ranks.rows);
  }

  /** Grows a tree on the rows that have a weight, and adds it to the builder. */
  grow(builder: TreeBuilder, targets: Targets, random: Random): void {
    const criterion = this.#criterionOf(targets);
    const tree = this.#tree;
    const rules = this.#rules;
    tree.clear();
    this.#columns.sort();
    tree.open(0, this.#rows.begin(targets.weights), 0, this.#columns.length);
    let total = 0;
    for (let node = tree.next(); node >= 0; node = tree.next()) {
      const start = tree.start[node]!;
      const end = tree.end[node]!;
      criterion.enter(start, end);
      tree.describe(node, criterion);
      if (node === 0) total = criterion.weight;
      const rows = end - start;
      const isLeaf =
        tree.depth[node]! >= rules.maxDepth ||
        rows < rules.minSamplesSplit ||
        rows < 2 * rules.minSamplesLeaf ||
        criterion.impurity <= EPSILON;
      if (isLeaf) continue;
      const varying = this.#search(criterion, tree.varying[node]!, random);
      const { column, lowerRank, higherRank, gain } = criterion.best;
      if (column < 0 || gain === -Infinity || gain / total + EPSILON < rules.minImpurityDecrease) continue;
      const middle = this.#rows.split(start, end, column, lowerRank, this.#columns.subarray(0, varying));
      tree.split(node, column, thresholdBetween(this.#ranks, column, lowerRank, higherRank));
      // The left child is the next to be looked at.
      tree.open(middle, end, tree.depth[node]! + 1, varying);
      tree.open(start, middle, tree.depth[node]! + 1, varying);
    }
    if (rules.ccpAlpha > 0) tree.prune(rules.ccpAlpha, total);
    this.leafOf.fill(-1);
    tree.emit(builder, (leaf, start, end) => {
      for (let at = start; at < end; at++) this.leafOf[this.#rows.rows[at]!] = leaf;
    });
  }

  /**
   * Tries columns drawn at random, until there are enough and one of them can split the node; or all, in order. Those that
   * may vary in the node stand first; returns how many still do, as far as was seen.
   */
  #search(criterion: Criterion, varying: number, random: Random): number {
    const columns = this.#columns;
    const { maxFeatures } = this.#rules;
    const all = maxFeatures >= columns.length;
    let left = varying;
    // Columns known to be constant are drawn as others are, and there is nothing to try.
    let constants = columns.length - varying;
    let tried = 0;
    for (let drawn = 0; tried < left && (drawn < maxFeatures || tried === 0); drawn++) {
      const choice = all ? 0 : random.below(left - tried + constants);
      if (choice >= left - tried) {
        constants -= 1;
        continue;
      }
      swap(columns, tried, tried + choice);
      if (criterion.tryColumn(columns[tried]!)) {
        tried += 1;
      } else {
        left -= 1;
        swap(columns, tried, left);
      }
    }
    return left;
  }

  #criterionOf(targets: Targets): Criterion {
    const { criterion, minSamplesLeaf } = this.#rules;
    return criterion === 'absolute_error'
      ? new MedianCriterion(this.#rows, targets, minSamplesLeaf)
      : new SumCriterion(this.#rows, targets, minSamplesLeaf, criterion === 'poisson');
  }
}

function swap(columns: Int32Array, a: number, b: number): void {
  const column = columns[a]!;
  columns[a] = columns[b]!;
  columns[b] = column;
}

import { Derived } from '../../core/derived.ts';
import type { Random } from '../../core/random.ts';
import type { TreeBuilder } from '../trees.ts';
import { ClassCriterion } from './class-criterion.ts';
import type { Criterion, Targets } from './criterion.ts';
import { GrownTree } from './grown-tree.ts';
import { type KernelGrowth, kernelGrowthOf } from './kernel-growth.ts';
import { MedianCriterion } from './median-criterion.ts';
import { NodeRows } from './node-rows.ts';
import { RandomSplits } from './random-splits.ts';
import { type Ranks, thresholdBetween } from './ranks.ts';
import type { ExactRules } from './rules.ts';
import { SumCriterion } from './sum-criterion.ts';
import { Xorshift } from './xorshift.ts';

/** Rows of a node up to which binned columns are sorted: past it, sums over 255 bins cost less. */
const LISTED_ROWS = 1024;
/** Impurity that is rounding. */
const EPSILON = 2 ** -52;

/** Told of a leaf, by the builder's number, and of the rows that fell into it: those from `start` to before `end`. */
export type OnLeaf = (leaf: number, rows: Uint32Array, start: number, end: number) => void;

// Trees are grown one after the other, whoever grows them, and each begins with all rows.
const nodeRows = new Derived<Ranks, NodeRows>();

/**
 * Grows trees that search every threshold, or draw one a column, one after the other, as scikit-learn does: depth first.
 *
 * Source: Breiman et al. 1984; scikit-learn 1.9, `_tree.pyx` and `_splitter.pyx`. Of splits that tie the first one wins, and
 * columns are looked at in random order: to always take the same column would shift the mean of many trees.
 */
export class ExactGrower {
  readonly #ranks: Ranks;
  readonly #rules: ExactRules;
  readonly #rows: NodeRows;
  readonly #criterion: Criterion;
  /** Where the kernel grows whole trees. */
  readonly #inKernel: KernelGrowth | undefined;
  readonly #tree = new GrownTree();

  constructor(ranks: Ranks, rules: ExactRules) {
    this.#ranks = ranks;
    this.#rules = rules;
    // A median needs its rows in order.
    const isRandom = rules.splits === 'random';
    const needsLists = ranks.isExact || rules.criterion === 'absolute_error';
    const listedRows = isRandom ? 0 : needsLists ? Infinity : LISTED_ROWS;
    this.#rows = nodeRows.of(ranks, [listedRows], () => new NodeRows(ranks, listedRows));
    this.#criterion = criterionOf(rules, this.#rows);
    this.#inKernel = kernelGrowthOf(this.#rows, rules);
  }

  /** Whether `grow` can tell which leaves rows without a weight fall into. */
  get placesOthers(): boolean {
    return this.#inKernel !== undefined;
  }

  /**
   * Grows a tree on the rows that have a weight, and adds it to the builder.
   *
   * @param onOthers told of each leaf's other rows, where `placesOthers`
   */
  grow(builder: TreeBuilder, targets: Targets, random: Random, onLeaf?: OnLeaf, onOthers?: OnLeaf): void {
    const seed = random.below(2 ** 32);
    const growth = this.#inKernel;
    const tree = growth
      ? growth.grow(targets, this.#rules, Xorshift.stateOf(seed), onOthers !== undefined)
      : this.#growByCriterion(targets, new Xorshift(seed));
    if (this.#rules.ccpAlpha > 0) tree.prune(this.#rules.ccpAlpha);
    tree.emit(builder, (leaf, node) => {
      onLeaf?.(leaf, this.#rows.rows, tree.start[node]!, tree.end[node]!);
      if (growth) onOthers?.(leaf, growth.others, growth.otherStart[node]!, growth.otherEnd[node]!);
    });
  }

  #growByCriterion(targets: Targets, draws: Xorshift): GrownTree {
    const criterion = this.#criterion;
    const tree = this.#tree;
    const rules = this.#rules;
    const needsOrder = rules.criterion === 'absolute_error';
    tree.clear();
    criterion.begin(targets);
    tree.open(0, this.#rows.begin(targets.weights, needsOrder ? targets.y : undefined), 0, this.#rows.varying);
    this.#rows.shuffleColumns(draws);
    const drawn = rules.splits === 'random' ? new RandomSplits(this.#rows, criterion, draws) : undefined;
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
      criterion.prepare?.();
      drawn?.enter(start, end);
      const varying = this.#search(drawn ?? criterion, tree.varying[node]!, draws);
      const { column, lowerRank, higherRank, score } = criterion.best;
      // A gain below zero is rounding.
      const gain = Math.max(0, score - criterion.worth);
      if (column < 0 || gain / total + EPSILON < rules.minImpurityDecrease) continue;
      // Of leaves nobody asks for the order of their rows.
      const kept = tree.depth[node]! + 1 < rules.maxDepth ? varying : 0;
      const middle = this.#rows.split(start, end, column, drawn?.rankIn(column) ?? lowerRank, kept);
      const threshold = drawn?.threshold ?? thresholdBetween(this.#ranks, column, lowerRank, higherRank);
      tree.split(node, column, threshold);
      // The left child is the next to be looked at.
      tree.open(middle, end, tree.depth[node]! + 1, varying);
      tree.open(start, middle, tree.depth[node]! + 1, varying);
    }
    return tree;
  }

  /**
   * Tries columns drawn at random, until there are enough and one of them can split the node; where all are tried, the first
   * is drawn, and the others come in the tree's order. Those that may vary in the node stand first; returns how many still
   * do, as far as was seen.
   */
  #search(tries: Pick<Criterion, 'tryColumn'>, varying: number, draws: Xorshift): number {
    const criterion = this.#criterion;
    const { columns } = this.#rows;
    const { maxFeatures } = this.#rules;
    const all = maxFeatures >= columns.length;
    let left = varying;
    // Columns known to be constant are drawn as others are, and there is nothing to try. It matters where not all are drawn.
    let constants = all ? 0 : columns.length - varying;
    let tried = 0;
    for (let drawn = 0; tried < left && (drawn < maxFeatures || tried === 0); drawn++) {
      const choice = all && drawn > 0 ? 0 : draws.below(left - tried + constants);
      if (choice >= left - tried) {
        constants -= 1;
        continue;
      }
      swap(columns, tried, tried + choice);
      if (tries.tryColumn(columns[tried]!)) {
        tried += 1;
        // Nothing is better: half of the nodes of a deep tree have two rows.
        if (criterion.best.score >= criterion.perfectScore) break;
      } else {
        left -= 1;
        swap(columns, tried, left);
      }
    }
    return left;
  }
}

function swap(columns: Int32Array, a: number, b: number): void {
  const column = columns[a]!;
  columns[a] = columns[b]!;
  columns[b] = column;
}

function criterionOf({ criterion, minSamplesLeaf, classes = 2 }: ExactRules, rows: NodeRows): Criterion {
  switch (criterion) {
    case 'absolute_error':
      return new MedianCriterion(rows, minSamplesLeaf);
    case 'gini':
    case 'entropy':
      return classes > 2
        ? new ClassCriterion(rows, minSamplesLeaf, criterion, classes)
        : new SumCriterion(rows, minSamplesLeaf, criterion);
    default:
      return new SumCriterion(rows, minSamplesLeaf, criterion === 'poisson' ? 'poisson' : 'squared_error');
  }
}

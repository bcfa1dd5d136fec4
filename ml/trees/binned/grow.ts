import { Derived } from '../../core/derived.ts';
import type { Matrix } from '../../core/matrix.ts';
import { Arena } from '../arena.ts';
import { type Cuts, findCuts } from '../cuts.ts';
import { floatBelow } from '../float-below.ts';
import type { TreeBuilder } from '../trees.ts';
import { binMatrix } from './binning.ts';
import type { ColumnSampler } from './column-sampler.ts';
import type { LossOfRows } from './compiled-loss.ts';
import { Frontier, type GrowPolicy } from './frontier.ts';
import { Histograms } from './histograms.ts';
import { type Layout, statisticBytes } from './layout.ts';
import { leafValue } from './leaf-value.ts';
import { type LeafRule, Leaves, type LeavesRules } from './leaves.ts';
import { type Bounds, boundsOfChildren, within } from './monotone.ts';
import { BATCH_SIZE, createRowData, type OutputRows, type RowData } from './row-data.ts';
import { ShardPool } from './shard-pool.ts';
import { SplitFinder, type Sums } from './split.ts';
import { chooseScales } from './statistics.ts';

/** Cells from which a second thread is worth its start. */
const CELLS_FOR_THREADS = 2_000_000;
/** Gains up to this are rounding: XGBoost's. */
const SMALLEST_GAIN = 1e-6;

export interface GrowerOptions {
  /** How sums are kept; there are no hessians where each is 1. */
  readonly layout: Layout;
  /** How many raw predictions a row has, each with trees of its own. @default 1 */
  readonly outputs?: number;
  /** What `differentiate` is to do. @default gradients and hessians are the caller's to write */
  readonly loss?: LossOfRows | undefined;
  /** Of the rows, which columns are cut into bins by; gradients and hessians have theirs already. @default 1 each */
  readonly weights?: Float32Array | undefined;
  /** The most that may be used. */
  readonly threads: number;
}

/** Of one tree. */
interface TreeOptions {
  /** Sets the values of leaves instead of Newton's step. */
  readonly leafRule?: LeafRule | undefined;
  /** Which output it is of. @default 0 */
  readonly output?: number;
}

export interface GrowRules extends LeavesRules {
  readonly policy: GrowPolicy;
  /** 0 for no limit; of `maxLeaves` too. */
  readonly maxDepth: number;
  readonly maxLeaves: number;
  /** The smallest gain of a split. */
  readonly gamma: number;
  /** At most so many bins a column, from 2 to 256. */
  readonly maxBins: number;
}

const cutsOf = new Derived<Matrix, Cuts>();

/** The rules that the reference has: its parameters are float32. */
function asFloat32(rules: GrowRules): GrowRules {
  return {
    ...rules,
    alpha: Math.fround(rules.alpha),
    lambda: Math.fround(rules.lambda),
    gamma: Math.fround(rules.gamma),
    minChildWeight: Math.fround(rules.minChildWeight),
    maxDeltaStep: Math.fround(rules.maxDeltaStep),
    learningRate: Math.fround(rules.learningRate),
  };
}

/**
 * Grows regression trees on binned columns, one after the other, on gradients and hessians that the caller writes, or a compiled loss.
 *
 * Statistics are summed at fixed point. Sums of integers are the same in any order, so that a histogram less one child's
 * is the other child's to the last bit, and any number of threads gives the same trees.
 *
 * Source: Chen and Guestrin 2016.
 */
export class TreeGrower {
  /** Of each row: 1, unless the caller says otherwise; 0 for one that only follows the others. */
  readonly drawn: Uint8Array;
  readonly outputs: readonly OutputRows[];

  readonly #rules: GrowRules;
  readonly #cuts: Cuts;
  readonly #data: RowData;
  readonly #shards: ShardPool;
  readonly #histograms: Histograms;
  readonly #finder: SplitFinder;
  readonly #frontier: Frontier;
  readonly #leaves: Leaves;

  constructor(x: Matrix, rules: GrowRules, { layout, outputs = 1, loss, weights, threads }: GrowerOptions) {
    const arena = new Arena();
    const shards = x.rows * x.columns < CELLS_FOR_THREADS ? 1 : threads;
    this.#rules = asFloat32(rules);
    this.#cuts = cutsOf.of(x, [rules.maxBins, weights], () => findCuts(x, rules.maxBins, weights));
    const binned = binMatrix(x, this.#cuts, statisticBytes(layout), arena);
    this.#data = createRowData(binned, arena, { layout, outputs, loss, shards });
    this.drawn = this.#data.drawn;
    this.outputs = this.#data.outputs;
    this.#histograms = new Histograms(this.#data, arena, shards);
    this.#finder = new SplitFinder(this.#rules, this.#histograms.pairs, binned.offsets, this.#cuts.hasMissing);
    this.#frontier = new Frontier(rules.policy, rules.maxLeaves);
    this.#shards = new ShardPool(this.#data, arena, shards);
    this.#leaves = new Leaves(this.#data, this.#shards, this.#frontier, this.#rules);
  }

  /** Writes the gradients and hessians of all outputs: with the loss that was given, by all threads. */
  differentiate(): void {
    this.#shards.run('differentiate');
  }

  /** Grows a tree, adds it to the builder, and its values to the predictions. */
  grow(builder: TreeBuilder, sampler: ColumnSampler, { leafRule, output = 0 }: TreeOptions = {}): void {
    const frontier = this.#frontier;
    const { batch } = this.#data;
    batch.output[0] = output;
    const root = builder.addTree();
    const leaves: number[] = [];
    const open = (node: number) => this.#open(node, sampler) || leaves.push(node);
    this.#begin();
    open(0);
    for (let nodes = frontier.take(BATCH_SIZE); nodes.length > 0; nodes = frontier.take(BATCH_SIZE)) {
      nodes.forEach((node, k) => {
        const left = this.#split(builder, root, node);
        this.#enqueue(k, node, left);
      });
      batch.count[0] = nodes.length;
      this.#shards.run('split');
      nodes.forEach((node, k) => {
        this.#share(node, k);
        const left = batch.left[k]!;
        open(left);
        open(left + 1);
      });
    }
    for (const node of frontier.rest()) {
      this.#release(node);
      leaves.push(node);
    }
    builder.setCovers(root, frontier.hessian);
    this.#leaves.finish(builder, root, leaves, leafRule);
  }

  /** Lets the threads go. */
  close(): void {
    this.#shards.close();
  }

  /** Packs the gradients and puts every row into the root. */
  #begin(): void {
    const { batch, binned } = this.#data;
    const { pairs } = this.#histograms;
    this.#shards.run('measure');
    chooseScales(this.#data);
    batch.histograms[0] = this.#histograms.take();
    this.#shards.run('begin');
    const histogram = this.#histograms.merged(0);
    this.#histograms.read(histogram);
    let gradient = 0;
    let hessian = 0;
    // Every row is in one of the first column's bins.
    for (let entry = 0; entry < binned.offsets[1]!; entry++) {
      gradient += pairs[2 * entry]!;
      hessian += pairs[2 * entry + 1]!;
    }
    this.#frontier.clear();
    this.#frontier.enter(0, 0, { gradient, hessian });
    this.#frontier.histogram[0] = histogram;
  }

  /** Looks for the split of a node; says whether there is one. */
  #open(node: number, sampler: ColumnSampler): boolean {
    const { histogram, depth, gradient, hessian, bounds } = this.#frontier;
    if (histogram[node] === 0) return false;
    this.#histograms.read(histogram[node]!);
    const sums = { gradient: gradient[node]!, hessian: hessian[node]! };
    this.#finder.find(sampler.columnsAt(depth[node]!), sums, bounds[node]!);
    const isWorthIt = this.#finder.gain > SMALLEST_GAIN && this.#finder.gain >= this.#rules.gamma;
    if (isWorthIt) this.#frontier.push(node, this.#finder);
    else this.#release(node);
    return isWorthIt;
  }

  /** Splits a node as was found; returns its left child. */
  #split(builder: TreeBuilder, root: number, node: number): number {
    const { depth, column, lastBin, missingLeft, gradient, hessian, leftGradient, leftHessian } = this.#frontier;
    const threshold = this.#threshold(column[node]!, lastBin[node]!);
    const left = builder.split(root + node, column[node]!, threshold, missingLeft[node] === 1) - root;
    const ofLeft = { gradient: leftGradient[node]!, hessian: leftHessian[node]! };
    const ofRight = { gradient: gradient[node]! - ofLeft.gradient, hessian: hessian[node]! - ofLeft.hessian };
    const [leftBounds, rightBounds] = this.#boundsOfChildren(node, ofLeft, ofRight);
    const below = depth[node]! + 1;
    this.#frontier.enter(left, below, ofLeft, leftBounds);
    this.#frontier.enter(left + 1, below, ofRight, rightBounds);
    return left;
  }

  /** Has the shards partition a node's rows, and fill the histogram of its lighter child, unless both children stay leaves. */
  #enqueue(k: number, node: number, left: number): void {
    const { batch } = this.#data;
    const { column, lastBin, missingLeft, hessian } = this.#frontier;
    batch.node[k] = node;
    batch.left[k] = left;
    batch.column[k] = column[node]!;
    batch.lastBin[k] = lastBin[node]!;
    batch.alsoBin[k] = missingLeft[node] === 1 ? this.#cuts.cuts[column[node]!]!.length + 1 : -1;
    batch.wanted[k] = -1;
    if (!this.#maySplit(left) && !this.#maySplit(left + 1)) return;
    batch.wanted[k] = hessian[left]! <= hessian[left + 1]! ? 0 : 1;
    batch.histograms[k] = this.#histograms.take();
  }

  /** Gives the children their histograms: one was filled, the other is what it leaves of their parent's. */
  #share(node: number, k: number): void {
    const { batch } = this.#data;
    const { histogram } = this.#frontier;
    const left = batch.left[k]!;
    const parent = histogram[node]!;
    histogram[node] = 0;
    if (batch.wanted[k]! < 0) {
      this.#histograms.release(parent);
      return;
    }
    const filled = this.#histograms.merged(k);
    this.#histograms.subtract(parent, filled);
    histogram[left + batch.wanted[k]!] = filled;
    histogram[left + 1 - batch.wanted[k]!] = parent;
    for (const child of [left, left + 1]) if (!this.#maySplit(child)) this.#release(child);
  }

  #boundsOfChildren(node: number, left: Sums, right: Sums): readonly [left: Bounds, right: Bounds] {
    const { directions } = this.#rules;
    const bounds = this.#frontier.bounds[node]!;
    if (!directions) return [bounds, bounds];
    const [leftValue, rightValue] = [left, right].map(({ gradient, hessian }) =>
      within(bounds, leafValue(gradient, hessian, this.#rules)),
    ) as [number, number];
    return boundsOfChildren(bounds, directions[this.#frontier.column[node]!]!, leftValue, rightValue);
  }

  #maySplit(node: number): boolean {
    const { maxDepth, minChildWeight } = this.#rules;
    const { depth, hessian } = this.#frontier;
    // Where hessians are 1, one of 1 is a single row.
    const least = this.#data.layout === 'counted' ? 1 : 0;
    return (
      (maxDepth === 0 || depth[node]! < maxDepth) && hessian[node]! >= 2 * minChildWeight && hessian[node]! > least
    );
  }

  #release(node: number): void {
    this.#histograms.release(this.#frontier.histogram[node]!);
    this.#frontier.histogram[node] = 0;
  }

  /** The largest float32 that goes left. */
  #threshold(column: number, lastBin: number): number {
    const { cuts, starts, ends } = this.#cuts;
    return floatBelow(lastBin < 0 ? starts[column]! : (cuts[column]![lastBin] ?? ends[column]!));
  }
}

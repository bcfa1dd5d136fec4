import type { Matrix } from '../../core/matrix.ts';
import { Arena } from '../arena.ts';
import { type Cuts, findCuts } from '../cuts.ts';
import { floatBelow } from '../float-below.ts';
import type { TreeBuilder } from '../trees.ts';
import { type Binned, binMatrix } from './binning.ts';
import type { ColumnSampler } from './column-sampler.ts';
import { Crew } from './crew.ts';
import { Frontier, type GrowPolicy } from './frontier.ts';
import { HistogramPool } from './histogram-pool.ts';
import { kernelOver } from './kernel/kernel.ts';
import { BATCH, createRowData, type RowData } from './row-data.ts';
import { leafValue, SplitFinder, type SplitRules } from './split.ts';

/** Cells from which a second thread is worth its start. */
const CELLS_FOR_THREADS = 2_000_000;
/** Gains up to this are rounding: XGBoost's. */
const LEAST_GAIN = 1e-6;

export interface GrowRules extends SplitRules {
  readonly policy: GrowPolicy;
  /** 0 for no limit; of `maxLeaves` too. */
  readonly maxDepth: number;
  readonly maxLeaves: number;
  /** The least gain of a split. */
  readonly gamma: number;
  /** What leaf values are multiplied by. */
  readonly learningRate: number;
  /** At most so many bins a column, from 2 to 256. */
  readonly maxBins: number;
}

/** The rules that the reference has: its parameters are float32. */
function asFloat32(rules: GrowRules): GrowRules {
  return {
    ...rules,
    alpha: Math.fround(rules.alpha),
    lambda: Math.fround(rules.lambda),
    gamma: Math.fround(rules.gamma),
    minChildWeight: Math.fround(rules.minChildWeight),
    learningRate: Math.fround(rules.learningRate),
  };
}

/**
 * Grows regression trees on binned columns, one after the other, each on what the predictions lack of the targets.
 *
 * Gradients are rounded to fixed point: the bits left of 63 after the sums' own take some 20 at a million rows and 40 at a
 * thousand, where a float32 has 24. Sums of integers are the same in any order, so that a histogram less one child's
 * is the other child's to the last bit, and any number of threads gives the same trees.
 *
 * Source: Chen and Guestrin 2016; the rounding as in Shi et al. 2022.
 */
export class TreeGrower {
  /** Of each row; 1 unless the caller says otherwise: how often it counts. 0 for one that only follows. */
  readonly weights: Uint16Array;
  /** Of each row: the caller's start, and the trees' values since. */
  readonly predictions: Float32Array;

  readonly #rules: GrowRules;
  readonly #arena = new Arena();
  readonly #kernel = kernelOver(this.#arena.memory);
  readonly #cuts: Cuts;
  readonly #binned: Binned;
  readonly #data: RowData;
  readonly #crew: Crew;
  readonly #shards: number;
  readonly #pool: HistogramPool;
  readonly #pairs: Float64Array;
  readonly #finder: SplitFinder;
  readonly #frontier: Frontier;

  /** @param threads the most that may be used */
  constructor(x: Matrix, y: Float32Array, rules: GrowRules, threads: number) {
    this.#rules = asFloat32(rules);
    this.#cuts = findCuts(x, rules.maxBins);
    this.#binned = binMatrix(x, this.#cuts, this.#arena);
    this.#shards = x.rows * x.columns < CELLS_FOR_THREADS ? 1 : threads;
    this.#data = createRowData(this.#binned, this.#arena, this.#shards);
    this.#data.targets.set(y);
    this.weights = this.#data.weights;
    this.predictions = this.#data.predictions;
    const { offsets, columns } = this.#binned;
    this.#pool = new HistogramPool(this.#arena, offsets[columns]!);
    this.#pairs = this.#arena.float64(2 * offsets[columns]!);
    this.#finder = new SplitFinder(this.#rules, this.#pairs, offsets, this.#cuts.hasMissing);
    this.#frontier = new Frontier(rules.policy, rules.maxLeaves);
    for (let at = BATCH; at < this.#data.plan.histograms.length; at++) {
      this.#data.plan.histograms[at] = this.#pool.take();
    }
    this.#crew = new Crew(this.#data, this.#arena, this.#shards);
  }

  /** Grows a tree, adds it to the builder, and its values to the predictions. */
  grow(builder: TreeBuilder, sampler: ColumnSampler): void {
    const frontier = this.#frontier;
    const root = builder.addTree();
    const leaves: number[] = [];
    const open = (node: number) => this.#open(node, sampler) || leaves.push(node);
    this.#begin();
    open(0);
    for (let batch = frontier.take(BATCH); batch.length > 0; batch = frontier.take(BATCH)) {
      batch.forEach((node, k) => {
        const left = this.#split(builder, root, node);
        this.#plan(k, node, left);
      });
      this.#data.plan.count[0] = batch.length;
      this.#crew.run('split');
      batch.forEach((node, k) => {
        this.#share(node, k);
        const left = this.#data.plan.left[k]!;
        open(left);
        open(left + 1);
      });
    }
    for (const node of frontier.rest()) {
      this.#release(node);
      leaves.push(node);
    }
    this.#finish(builder, root, leaves);
  }

  /** Lets the threads go. */
  close(): void {
    this.#crew.close();
  }

  /** Packs the gradients and puts every row into the root. */
  #begin(): void {
    const { plan } = this.#data;
    this.#crew.run('differentiate');
    let total = 0;
    let weight = 0;
    for (let at = 0; at < plan.totals.length; at += 2) {
      total += plan.totals[at]!;
      weight += plan.totals[at + 1]!;
    }
    const bits = Math.ceil(Math.log2(weight + 1));
    // A power of two, so that a gradient with few digits keeps them all; and no gradient takes more than the kernel can round.
    plan.packing[0] = total > 0 ? 2 ** Math.floor(Math.min(61 - bits, 50) - Math.log2(total)) : 1;
    plan.packing[1] = bits;
    const histogram = this.#pool.take();
    plan.histograms[0] = histogram;
    this.#crew.run('begin');
    this.#merge(0);
    this.#unpack(histogram);
    let gradient = 0;
    for (let entry = 0; entry < this.#binned.offsets[1]!; entry++) gradient += this.#pairs[2 * entry]!;
    this.#frontier.clear();
    this.#frontier.enter(0, 0, gradient, weight);
    this.#frontier.histogram[0] = histogram;
  }

  /** Looks for the split of a node; says whether there is one. */
  #open(node: number, sampler: ColumnSampler): boolean {
    const { histogram, depth, gradient, weight } = this.#frontier;
    if (histogram[node] === 0) return false;
    this.#unpack(histogram[node]!);
    this.#finder.find(sampler.columnsAt(depth[node]!), gradient[node]!, weight[node]!);
    const isWorthIt = this.#finder.gain > LEAST_GAIN && this.#finder.gain >= this.#rules.gamma;
    if (isWorthIt) this.#frontier.push(node, this.#finder);
    else this.#release(node);
    return isWorthIt;
  }

  /** Splits a node as was found; returns its left child. */
  #split(builder: TreeBuilder, root: number, node: number): number {
    const { depth, column, lastBin, missingLeft, gradient, weight, leftGradient, leftWeight } = this.#frontier;
    const threshold = this.#threshold(column[node]!, lastBin[node]!);
    const left = builder.split(root + node, column[node]!, threshold, missingLeft[node] === 1) - root;
    const nodeGradient = gradient[node]!;
    const nodeWeight = weight[node]!;
    const nodeDepth = depth[node]!;
    const ofLeft = { gradient: leftGradient[node]!, weight: leftWeight[node]! };
    this.#frontier.enter(left, nodeDepth + 1, ofLeft.gradient, ofLeft.weight);
    this.#frontier.enter(left + 1, nodeDepth + 1, nodeGradient - ofLeft.gradient, nodeWeight - ofLeft.weight);
    return left;
  }

  /** Plans the parting of a node's rows, and the histogram of its lighter child, unless both children stay leaves. */
  #plan(k: number, node: number, left: number): void {
    const { plan } = this.#data;
    const { column, lastBin, missingLeft, weight } = this.#frontier;
    plan.node[k] = node;
    plan.left[k] = left;
    plan.column[k] = column[node]!;
    plan.lastBin[k] = lastBin[node]!;
    plan.alsoBin[k] = missingLeft[node] === 1 ? this.#cuts.cuts[column[node]!]!.length + 1 : -1;
    plan.wanted[k] = -1;
    if (!this.#maySplit(left) && !this.#maySplit(left + 1)) return;
    plan.wanted[k] = weight[left]! <= weight[left + 1]! ? 0 : 1;
    plan.histograms[k] = this.#pool.take();
  }

  /** Gives the children their histograms: one was filled, the other is what it leaves of their parent's. */
  #share(node: number, k: number): void {
    const { plan } = this.#data;
    const { histogram } = this.#frontier;
    const left = plan.left[k]!;
    const parent = histogram[node]!;
    histogram[node] = 0;
    if (plan.wanted[k]! < 0) {
      this.#pool.release(parent);
      return;
    }
    this.#merge(k);
    const filled = plan.histograms[k]!;
    this.#kernel.subtract(parent, filled, this.#entries);
    histogram[left + plan.wanted[k]!] = filled;
    histogram[left + 1 - plan.wanted[k]!] = parent;
    for (const child of [left, left + 1]) if (!this.#maySplit(child)) this.#release(child);
  }

  #finish(builder: TreeBuilder, root: number, leaves: readonly number[]): void {
    const { plan } = this.#data;
    const { gradient, weight } = this.#frontier;
    for (let first = 0; first < leaves.length; first += BATCH) {
      const batch = leaves.slice(first, first + BATCH);
      batch.forEach((node, k) => {
        const value = Math.fround(leafValue(gradient[node]!, weight[node]!, this.#rules)) * this.#rules.learningRate;
        plan.node[k] = node;
        plan.value[k] = value;
        builder.setLeaf(root + node, plan.value[k]!);
      });
      plan.count[0] = batch.length;
      this.#crew.run('finish');
    }
  }

  #maySplit(node: number): boolean {
    const { maxDepth, minChildWeight } = this.#rules;
    const { depth, weight } = this.#frontier;
    return (maxDepth === 0 || depth[node]! < maxDepth) && weight[node]! >= 2 * minChildWeight && weight[node]! > 1;
  }

  /** Adds what the other shards have counted. */
  #merge(k: number): void {
    const { histograms } = this.#data.plan;
    for (let shard = 1; shard < this.#shards; shard++) {
      this.#kernel.add(histograms[k]!, histograms[shard * BATCH + k]!, this.#entries);
    }
  }

  #unpack(histogram: number): void {
    const [scale, bits] = this.#data.plan.packing as unknown as [number, number];
    this.#kernel.unpack(histogram, this.#entries, scale, BigInt(bits), this.#pairs.byteOffset);
  }

  #release(node: number): void {
    this.#pool.release(this.#frontier.histogram[node]!);
    this.#frontier.histogram[node] = 0;
  }

  /** The largest float32 that goes left. */
  #threshold(column: number, lastBin: number): number {
    return floatBelow(this.#cuts.cuts[column]![lastBin] ?? this.#cuts.ends[column]!);
  }

  get #entries(): number {
    return this.#binned.offsets[this.#binned.columns]!;
  }
}

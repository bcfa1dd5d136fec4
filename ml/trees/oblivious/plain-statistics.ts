import { Arena } from '../arena.ts';
import type { Candidate, Split } from './candidate.ts';
import { How, type ObliviousKernel, obliviousKernelOver } from './kernel/kernel.ts';
import { LeafOrder } from './leaf-order.ts';
import type { ScoreSums } from './score.ts';
import { type Level, ScoreBoard, type Task } from './score-board.ts';
import { ScoreCrew } from './score-crew.ts';
import type { Statistics } from './statistics.ts';

/** Past this many leaves each has its histogram made anew: those of a level would be too many to keep. */
const LEAVES_KEPT = 128;

/** Rows × columns from which threads are worth their start. */
const CELLS_FOR_THREADS = 500_000;

export interface PlainOptions {
  readonly depth: number;
  readonly l2: number;
  readonly threads: number;
}

/** The histograms of a candidate in the leaves of one level. */
interface LevelHistograms {
  readonly address: number;
  /** How many leaves the level has; 0 for none yet. */
  leaves: number;
}

/**
 * The statistics of Plain boosting: a split is scored by the gradients and weights of all sampled rows. A histogram
 * reads the smaller child of each parent, and has the larger one by subtraction.
 */
export class PlainStatistics implements Statistics {
  readonly #arena = new Arena();
  readonly #kernel: ObliviousKernel;
  readonly #order: LeafOrder;
  readonly #leavesKept: number;
  /** Where the kernel has the bins of the columns; those of other candidates are copied when they are asked for. */
  readonly #bins = new Map<Candidate, number>();
  readonly #copied: Uint8Array;
  readonly #histograms = new Map<Candidate, LevelHistograms>();
  /** Addresses that the histograms of former trees have left, by their number of bins. */
  readonly #free = new Map<number, number[]>();
  /** The scores of each column, and of the one other candidate that was asked for last. */
  readonly #columnScores = new Map<Candidate, ScoreSums>();
  readonly #scores: ScoreSums;
  readonly #board: ScoreBoard;
  readonly #crew: ScoreCrew | undefined;

  /** @param threads the most that may be used: more than one only where columns are all that there is to split by */
  constructor(rows: number, { depth, l2, threads }: PlainOptions, columns: readonly Candidate[]) {
    this.#kernel = obliviousKernelOver(this.#arena.memory);
    this.#order = new LeafOrder(rows, depth, this.#arena, this.#kernel);
    this.#leavesKept = Math.min(LEAVES_KEPT, 2 ** (depth - 1));
    for (const column of columns) {
      const bins = this.#arena.uint8(rows);
      bins.set(column.bins);
      this.#bins.set(column, bins.byteOffset);
      this.#columnScores.set(column, this.#arena.float64(2 * column.binCount));
    }
    this.#copied = this.#arena.uint8(rows);
    this.#scores = this.#arena.float64(512);
    this.#board = ScoreBoard.over(this.#arena, Math.max(1, columns.length), l2);
    const shared = threads > 1 && rows * columns.length >= CELLS_FOR_THREADS;
    this.#crew = shared ? new ScoreCrew(this.#arena, this.#kernel, this.#board, threads) : undefined;
  }

  /** Begins a tree: rows of weight 0 are left out. */
  begin(gradients: Float64Array, weights: Float64Array): void {
    this.#order.begin(gradients, weights);
    for (const [{ binCount }, { address }] of this.#histograms) this.#freeOf(binCount).push(address);
    this.#histograms.clear();
  }

  prepare(candidates: readonly Candidate[]): void {
    if (this.#crew === undefined) return;
    this.#board.set(
      this.#level(),
      candidates.map((candidate) => this.#task(candidate)),
    );
    this.#crew.run();
  }

  sums(candidate: Candidate): ScoreSums {
    if (this.#crew === undefined) {
      this.#board.set(this.#level(), [this.#task(candidate)]);
      this.#board.work(this.#kernel);
    }
    return this.#scoresOf(candidate);
  }

  split(split: Split): void {
    this.#order.split(split, this.#binsOf(split.candidate));
  }

  /** Lets the threads go. */
  close(): void {
    this.#crew?.close();
  }

  #level(): Level {
    const { rows, pairs, starts, ends, totals, leaves } = this.#order;
    const [at, of, start, end, sums] = [rows, pairs, starts, ends, totals].map((array) => array.byteOffset);
    return { rows: at!, pairs: of!, starts: start!, ends: end!, totals: sums!, leaves };
  }

  #task(candidate: Candidate): Task {
    const { leaves, sampled } = this.#order;
    const { binCount, oneHot } = candidate;
    const keeps = leaves <= this.#leavesKept;
    const histograms = this.#histogramsOf(candidate);
    // Where rows are few, to read them all is less work than to subtract bins.
    const subtracts = keeps && 2 * histograms.leaves === leaves && sampled > 2 * leaves * binCount;
    histograms.leaves = keeps ? leaves : 0;
    return {
      bins: this.#binsOf(candidate),
      binCount,
      oneHot,
      how: keeps ? (subtracts ? How.fromParents : How.fromRows) : How.oneByOne,
      histograms: histograms.address,
      scores: this.#scoresOf(candidate).byteOffset,
    };
  }

  #scoresOf(candidate: Candidate): ScoreSums {
    return this.#columnScores.get(candidate) ?? this.#scores;
  }

  isTaken(leaf: number): boolean {
    return this.#order.isTaken(leaf);
  }

  #binsOf(candidate: Candidate): number {
    const known = this.#bins.get(candidate);
    if (known !== undefined) return known;
    this.#copied.set(candidate.bins);
    return this.#copied.byteOffset;
  }

  #histogramsOf(candidate: Candidate): LevelHistograms {
    const kept = this.#histograms.get(candidate);
    if (kept) return kept;
    const bytes = 16 * candidate.binCount * this.#leavesKept;
    const made = { address: this.#freeOf(candidate.binCount).pop() ?? this.#arena.take(bytes), leaves: 0 };
    this.#histograms.set(candidate, made);
    return made;
  }

  #freeOf(binCount: number): number[] {
    const free = this.#free.get(binCount) ?? [];
    this.#free.set(binCount, free);
    return free;
  }
}

import { Arena } from '../arena.ts';
import { type Candidate, partingOf, type Split, setLeaves } from './candidate.ts';
import { How, type ObliviousKernel, obliviousKernelOver } from './kernel/kernel.ts';
import { LeafOrder } from './leaf-order.ts';
import type { ScoreSums } from './score.ts';
import { ScoreBoard, scoreTask, type Task } from './score-board.ts';
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

/** What the kernel has of a candidate. */
interface Slot extends Task {
  how: number;
  /** How many leaves its histograms are of; 0 where there are none yet. */
  leaves: number;
  /** What is at the address `scores`. */
  readonly sums: ScoreSums;
}

/**
 * The statistics of Plain boosting: a split is scored by the gradients and weights of all sampled rows. A histogram
 * reads the smaller child of each parent, and has the larger one by subtraction.
 */
export class PlainStatistics implements Statistics {
  readonly #arena = new Arena();
  readonly #kernel: ObliviousKernel;
  readonly #order: LeafOrder;
  readonly #l2: number;
  readonly #leavesKept: number;
  readonly #columns = new Map<Candidate, Slot>();
  /** Of candidates that are no columns, those that this tree has been asked for. */
  readonly #others = new Map<Candidate, Slot>();
  /** Slots of former trees' candidates, by their number of bins. */
  readonly #free = new Map<number, Slot[]>();
  /** The leaf of each row, as the kernel has it. */
  readonly #leaves: Uint8Array;
  readonly #board: ScoreBoard;
  readonly #crew: ScoreCrew | undefined;

  /** @param threads the most that may be used: more than one only where columns are all that there is to split by */
  constructor(rows: number, { depth, l2, threads }: PlainOptions, columns: readonly Candidate[]) {
    this.#l2 = l2;
    this.#kernel = obliviousKernelOver(this.#arena.memory);
    this.#order = new LeafOrder(rows, depth, this.#arena, this.#kernel);
    this.#leaves = this.#arena.uint8(rows);
    this.#leavesKept = Math.min(LEAVES_KEPT, 2 ** (depth - 1));
    for (const column of columns) this.#columns.set(column, this.#fill(this.#makeSlot(column, rows), column));
    this.#board = ScoreBoard.over(this.#arena, Math.max(1, columns.length), l2);
    const shared = threads > 1 && rows * columns.length >= CELLS_FOR_THREADS;
    this.#crew = shared ? new ScoreCrew(this.#arena, this.#kernel, this.#board, threads) : undefined;
  }

  /** Begins a tree: rows of weight 0 are left out. */
  begin(gradients: Float64Array, weights: Float64Array): void {
    this.#order.begin(gradients, weights);
    for (const slot of this.#columns.values()) slot.leaves = 0;
    for (const slot of this.#others.values()) this.#freeOf(slot.binCount).push(slot);
    this.#others.clear();
  }

  prepare(candidates: readonly Candidate[]): void {
    if (this.#crew === undefined) return;
    const tasks = candidates.map((candidate) => this.#plan(this.#slotOf(candidate)));
    this.#board.set(this.#order.level, tasks);
    this.#crew.run();
  }

  sums(candidate: Candidate): ScoreSums {
    const slot = this.#slotOf(candidate);
    if (this.#crew === undefined) scoreTask(this.#kernel, this.#order.level, this.#plan(slot), this.#l2);
    return slot.sums;
  }

  split(split: Split): void {
    this.#order.split(split, this.#slotOf(split.candidate).bins);
  }

  setLeaves(leafOf: Uint16Array, splits: readonly Split[]): void {
    // The kernel has a byte for each leaf.
    if (splits.length > 8) {
      setLeaves(leafOf, splits.map(partingOf));
      return;
    }
    const leaves = this.#leaves.fill(0);
    splits.forEach(({ candidate, bin }, level) => {
      const { bins, oneHot } = this.#slotOf(candidate);
      this.#kernel.descend(leaves.byteOffset, leafOf.length, bins, bin, oneHot ? 1 : 0, 1 << level);
    });
    leafOf.set(leaves);
  }

  isTaken(leaf: number): boolean {
    return this.#order.isTaken(leaf);
  }

  /** Lets the threads go. */
  close(): void {
    this.#crew?.close();
  }

  /** Decides how the histograms of this level are had. */
  #plan(slot: Slot): Slot {
    const { level, sampled } = this.#order;
    const { leaves } = level;
    const keeps = leaves <= this.#leavesKept;
    // Where rows are few, to read them all is less work than to subtract bins.
    const subtracts = 2 * slot.leaves === leaves && sampled > 2 * leaves * slot.binCount;
    slot.how = keeps ? (subtracts ? How.fromParents : How.fromRows) : How.oneByOne;
    slot.leaves = keeps ? leaves : 0;
    return slot;
  }

  #slotOf(candidate: Candidate): Slot {
    const known = this.#columns.get(candidate) ?? this.#others.get(candidate);
    if (known) return known;
    const free = this.#freeOf(candidate.binCount).pop() ?? this.#makeSlot(candidate, candidate.bins.length);
    const slot = this.#fill(free, candidate);
    this.#others.set(candidate, slot);
    return slot;
  }

  #makeSlot({ binCount, oneHot }: Candidate, rows: number): Slot {
    const sums = this.#arena.float64(2 * binCount);
    return {
      bins: this.#arena.take(rows),
      binCount,
      oneHot,
      how: How.fromRows,
      histograms: this.#arena.take(16 * binCount * this.#leavesKept),
      scores: sums.byteOffset,
      leaves: 0,
      sums,
    };
  }

  #fill(slot: Slot, { bins }: Candidate): Slot {
    new Uint8Array(this.#arena.memory.buffer, slot.bins, bins.length).set(bins);
    slot.leaves = 0;
    return slot;
  }

  #freeOf(binCount: number): Slot[] {
    const free = this.#free.get(binCount) ?? [];
    this.#free.set(binCount, free);
    return free;
  }
}

import type { Arena } from '../../arena.ts';
import type { Scores, SplitStatistics } from '../growing/grow.ts';
import type { Engine } from '../kernel/engine.ts';
import { How, Kind } from '../kernel/kernel.ts';
import type { TaskQueue } from '../kernel/task-queue.ts';
import type { PerOutput } from '../losses/loss.ts';
import { type Candidate, COLUMNS_IN_WORD, type Split } from './candidate.ts';
import { LEVEL_WORDS, LeafOrder } from './leaf-order.ts';

/** Past this many leaves each has its histogram made anew: those of a level would be too many to keep. */
const LEAVES_KEPT = 128;
/** Of several outputs, so many leaves of them all. */
const LEAVES_KEPT_OF_ALL = 512;

export interface PlainOptions {
  readonly target: Float64Array;
  readonly weights: Float64Array | undefined;
  readonly depth: number;
  /** In the unit of the weights. */
  readonly l2: number;
  readonly cosine: boolean;
  /** How many gradients a row has; scores are of their sums. */
  readonly outputs: number;
}

/** Columns that share words, so that the kernel takes them at once. */
interface Group {
  readonly words: Uint32Array;
  /** For each column, as the kernel has it, how many bins there are and how they are split; 0 for none. */
  readonly columns: readonly [number, number, number, number];
  readonly slot: Slot;
  /** How many leaves the histograms are of; 0 where there are none yet. */
  leaves: number;
}

/** Memory for the histograms and scores of a group. */
interface Slot {
  /** How many bins there is room for: an even number. */
  readonly size: number;
  readonly histograms: number;
  readonly scores: number;
  /** Of each column. */
  readonly ofColumns: readonly Scores[];
}

/** Scores where the kernel writes them. */
class KernelScores implements Scores {
  readonly values: Float64Array;

  constructor(values: Float64Array) {
    this.values = values;
  }

  get highest(): number {
    return this.values[this.values.length - 1]!;
  }
}

/**
 * The statistics of Plain boosting: a split is scored by the gradients and weights of all sampled rows. A histogram
 * reads the smaller child of each parent, and has the larger one by subtraction.
 */
export class PlainStatistics implements SplitStatistics {
  readonly #arena: Arena;
  readonly #queue: TaskQueue;
  /** The sampled rows, with the gradients of each output. */
  readonly #orders: readonly LeafOrder[];
  readonly #scoring: Float64Array;
  readonly #leavesKept: number;
  readonly #columns = new Map<Uint32Array, Group>();
  /** Of candidates that are no columns, those that this tree has been asked for. */
  readonly #others = new Map<Uint32Array, Group>();
  /** Slots of former trees' candidates, by how many bins they have room for. */
  readonly #free = new Map<number, Slot[]>();

  constructor(options: PlainOptions, columns: readonly Candidate[], engine: Engine) {
    const { target, weights, depth, l2, cosine, outputs } = options;
    const { arena, queue } = engine;
    this.#arena = arena;
    this.#queue = queue;
    // The kernel finds the level of an output behind that of the one before.
    const levels = arena.uint32(LEVEL_WORDS * outputs);
    this.#orders = Array.from({ length: outputs }, (_, output) => {
      const level = levels.subarray(LEVEL_WORDS * output, LEVEL_WORDS * (output + 1));
      return new LeafOrder(target.length, depth, weights, level, engine);
    });
    this.#leavesKept = Math.min(LEAVES_KEPT, Math.ceil(LEAVES_KEPT_OF_ALL / outputs), 2 ** (depth - 1));
    this.#scoring = arena.float64(4);
    this.#scoring.set([l2, cosine ? 1 : 0, outputs, this.#leavesKept]);
    for (let first = 0; first < columns.length; ) {
      const group = this.#groupAt(columns, first);
      this.#columns.set(group.words, group);
      first += group.columns.filter((column) => column > 0).length;
    }
  }

  /** Begins a tree: rows whose sampling weight is 0 are left out. */
  begin(gradients: PerOutput, sampling: Float64Array): void {
    this.#orders.forEach((order, output) => {
      order.begin(gradients[output]!, sampling);
    });
    for (const group of this.#columns.values()) group.leaves = 0;
    for (const { slot } of this.#others.values()) this.#freeOf(slot.size).push(slot);
    this.#others.clear();
  }

  prepare(candidates: readonly Candidate[]): void {
    let last: Uint32Array | undefined;
    candidates.forEach(({ words }, at) => {
      if (words === last) return;
      last = words;
      let group = this.#columns.get(words) ?? this.#others.get(words);
      if (group === undefined) {
        group = this.#groupAt(candidates, at);
        this.#others.set(words, group);
      }
      this.#score(group);
    });
    this.#queue.finish();
  }

  scores({ words, shift }: Candidate): Scores {
    const group = this.#columns.get(words) ?? this.#others.get(words)!;
    return group.slot.ofColumns[shift >> 3]!;
  }

  split(split: Split): void {
    for (const order of this.#orders) order.split(split);
  }

  isTaken(leaf: number): boolean {
    return this.#orders[0]!.isTaken(leaf);
  }

  #score(group: Group): void {
    const { leaves, sampled, level } = this.#orders[0]!;
    const { words, columns, slot } = group;
    // Where rows are few, to read them all is less work than to subtract bins.
    const pays = (leaves: number) => leaves <= this.#leavesKept && sampled > 2 * leaves * slot.size;
    const subtracts = 2 * group.leaves === leaves && pays(leaves);
    // Histograms that the next level does not subtract from are made in one place, which stays in the cache.
    const keeps = subtracts || pays(2 * leaves);
    const how = subtracts ? How.fromParents : keeps ? How.fromRows : How.oneByOne;
    group.leaves = keeps ? leaves : 0;
    this.#queue.add(
      Kind.score,
      level.byteOffset,
      this.#scoring.byteOffset,
      words.byteOffset,
      slot.size,
      how,
      slot.histograms,
      slot.scores,
      columns[0],
      columns[1],
      columns[2],
      columns[3],
    );
  }

  /** The candidates from one on that have its words. */
  #groupAt(candidates: readonly Candidate[], first: number): Group {
    const { words } = candidates[first]!;
    const columns: [number, number, number, number] = [0, 0, 0, 0];
    let size = 0;
    for (let at = first; candidates[at]?.words === words; at++) {
      const { binCount, oneHot, shift } = candidates[at]!;
      columns[shift >> 3] = binCount + (oneHot ? 2 ** 16 : 0);
      size = Math.max(size, binCount);
    }
    size += size % 2;
    return { words, columns, slot: this.#freeOf(size).pop() ?? this.#makeSlot(size), leaves: 0 };
  }

  #makeSlot(size: number): Slot {
    const histograms = this.#arena.take(16 * COLUMNS_IN_WORD * size * this.#leavesKept * this.#orders.length);
    const memory = this.#arena.float64(COLUMNS_IN_WORD * 2 * size);
    const ofColumns = Array.from(
      { length: COLUMNS_IN_WORD },
      (_, column) => new KernelScores(memory.subarray(column * 2 * size, (column + 1) * 2 * size)),
    );
    return { size, histograms, scores: memory.byteOffset, ofColumns };
  }

  #freeOf(size: number): Slot[] {
    const free = this.#free.get(size) ?? [];
    this.#free.set(size, free);
    return free;
  }
}

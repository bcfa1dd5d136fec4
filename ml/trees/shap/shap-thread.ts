import { type ShapKernel, shapKernelOver } from './kernel/kernel.ts';

/** Rows that a thread takes at a time: few enough for their sums to stay in its cache, and many for a tree to be read once for all. */
export const BLOCK_ROWS = 32;

/** What the threads of a batch share: plain views, so that a worker can be handed them. */
export interface ShapBatch {
  readonly memory: WebAssembly.Memory;
  /** How many columns a row has, and how many players there are. */
  readonly columns: number;
  readonly players: number;
  readonly rows: Float32Array;
  /** rows × players: what comes of them. */
  readonly values: Float64Array;
  /** How many rows there are, the first of the next block, where the trees are, and how many. */
  readonly turn: Int32Array;
}

/** What a thread has of its own: two numbers for each player of each row of a block, and the kernel's scratch memory. */
export interface ShapMemory {
  readonly sums: Float64Array;
  readonly scratch: number;
}

/** One of the threads that explain a batch. Which of them takes a block makes no difference to what comes of it. */
export class ShapThread {
  readonly #batch: ShapBatch;
  readonly #memory: ShapMemory;
  readonly #kernel: ShapKernel;

  constructor(batch: ShapBatch, memory: ShapMemory) {
    this.#batch = batch;
    this.#memory = memory;
    this.#kernel = shapKernelOver(batch.memory);
  }

  /** Explains the next block of rows; says whether there was one. */
  takeBlock(): boolean {
    const { turn } = this.#batch;
    const first = Atomics.add(turn, 1, BLOCK_ROWS);
    const count = Math.min(BLOCK_ROWS, turn[0]! - first);
    if (count <= 0) return false;
    this.#explain(first, count);
    return true;
  }

  #explain(first: number, count: number): void {
    const { columns, players, rows, values, turn } = this.#batch;
    const { sums, scratch } = this.#memory;
    sums.fill(0, 0, 2 * players * count);
    this.#kernel.explain(
      turn[2]!,
      turn[3]!,
      rows.byteOffset + 4 * columns * first,
      count,
      4 * columns,
      sums.byteOffset,
      16 * players,
      scratch,
    );
    for (let k = 0, at = players * first; k < players * count; k++, at++) values[at] = sums[2 * k]! + sums[2 * k + 1]!;
  }
}

/** What a thread is given to explain a batch with others. */
export interface ShapAssignment {
  readonly kind: 'contributions';
  readonly batch: ShapBatch;
  readonly memory: ShapMemory;
}

import type { PredictionKernel } from './kernel/kernel.ts';
import type { Room } from './prediction-memory.ts';
import { TREE, type TreeRecords } from './tree-records.ts';

/** What is summed. Plain data, so that a worker can be handed it. */
export interface SumTask {
  readonly records: TreeRecords;
  /** Of each class what its sum starts from. Each round has a tree for each, in their order. */
  readonly bases: readonly number[];
  /** Whether sums are float32 after each tree. */
  readonly isSingle: boolean;
  readonly room: Room;
  /** How many rows the room has: of class k the sum of row i is at k × capacity + i. */
  readonly capacity: number;
}

/** The kernel takes rows in groups of so many. */
const ROWS = 8;
const MOST_ROWS = 256;
/** So many keys, and a tree, stay in the processor's first cache. */
const MOST_KEYS = 4096;

/** Rows that go through a tree before the next tree has its turn: whole groups. */
export const blockRows = ({ rowKeys }: TreeRecords) =>
  ROWS * Math.max(1, Math.floor(Math.min(MOST_ROWS, MOST_KEYS / rowKeys) / ROWS));

/** So many rows in whole groups: what memory has room for. */
export const wholeGroups = (rows: number) => ROWS * Math.ceil(rows / ROWS);

/** One of the threads that sum trees over rows. Which of them takes a block makes no difference to what comes of it. */
export class SumThread {
  readonly #task: SumTask;
  readonly #keys: number;
  readonly #kernel: PredictionKernel;
  readonly #block: number;
  #first = 0;
  #count = 0;

  /** @param keys those of a block of rows */
  constructor(task: SumTask, keys: Int32Array, kernel: PredictionKernel) {
    this.#task = task;
    this.#keys = keys.byteOffset;
    this.#kernel = kernel;
    this.#block = blockRows(task.records);
  }

  /** Sums all trees over the next block of rows; says whether there was one. */
  takeBlock(): boolean {
    const { turn } = this.#task.room;
    const first = Atomics.add(turn, 1, this.#block);
    const count = Math.min(this.#block, turn[0]! - first);
    if (count <= 0) return false;
    this.begin(first, count);
    this.add(0, Infinity);
    return true;
  }

  /** Turns to a block of rows, whose sums are the bases. */
  begin(first: number, count: number): void {
    const { records, bases, room, capacity } = this.#task;
    const { columns, missing } = records;
    this.#first = first;
    this.#count = count;
    this.#kernel.toKeys(room.rows.byteOffset + 8 * columns * first, this.#keys, count, columns, missing);
    for (let k = 0; k < bases.length; k++)
      for (let at = k * capacity + first, i = 0; i < count; i++) room.sums[at + i] = bases[k]!;
  }

  /** Adds the trees of some rounds. */
  add(from: number, to: number): void {
    const { records, bases, isSingle, room, capacity } = this.#task;
    const classes = bases.length;
    const rounds = Math.min(to, records.count / classes) - from;
    if (rounds <= 0) return;
    for (let k = 0; k < classes; k++) {
      this.#kernel.addTrees(
        records.trees + TREE * (from * classes + k),
        rounds,
        TREE * classes,
        records.values,
        records.isWide,
        isSingle,
        this.#keys,
        this.#count,
        4 * records.rowKeys,
        room.sums.byteOffset + 8 * (k * capacity + this.#first),
      );
    }
  }
}

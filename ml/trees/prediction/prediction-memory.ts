import { Arena } from '../arena.ts';
import { type PredictionKernel, predictionKernelOver } from './kernel/kernel.ts';

/** Trees of so many bytes share a memory, since each takes 10 GB of the addresses that a process has; larger ones have one alone. */
const SHARED_BYTES = 2 ** 25;
const LARGE_BYTES = 2 ** 22;

/** Where rows are read from and sums are written to, by all threads. */
export interface Room {
  readonly rows: Float64Array;
  readonly sums: Float64Array;
  /** How many rows there are, and the first of the next block. */
  readonly turn: Int32Array;
}

/** A memory that trees are predicted in, of one thread and those that help it; it is let go with the trees in it. */
export class PredictionMemory {
  readonly arena = new Arena();
  readonly kernel: PredictionKernel = predictionKernelOver(this.arena.memory);
  readonly #rooms: Room[] = [];
  readonly #keys: Int32Array[] = [];
  #leaves: Int32Array = new Int32Array();
  #left = SHARED_BYTES;

  /** Whether there is room for so many bytes more of trees; it is theirs. */
  admit(bytes: number): boolean {
    if (bytes > this.#left) return false;
    this.#left -= bytes;
    return true;
  }

  /** One of the rooms, of at least so many numbers; the next call may give the same. */
  room(place: number, rows: number, sums: number): Room {
    const known = this.#rooms[place];
    if (known && known.rows.length >= rows && known.sums.length >= sums) return known;
    const { arena } = this;
    // As large as either: who asks for much of the one and who asks for much of the other take turns.
    const room = {
      rows: arena.float64(Math.max(rows, known?.rows.length ?? 0)),
      sums: arena.float64(Math.max(sums, known?.sums.length ?? 0)),
      turn: arena.int32(2),
    };
    this.#rooms[place] = room;
    return room;
  }

  /** Where a thread has its keys: at least so many. */
  keysOf(thread: number, count: number): Int32Array {
    const known = this.#keys[thread];
    if (known && known.length >= count) return known;
    const keys = this.arena.int32(count);
    this.#keys[thread] = keys;
    return keys;
  }

  /** Where the leaves of rows are written: at least so many. */
  leaves(count: number): Int32Array {
    if (this.#leaves.length < count) this.#leaves = this.arena.int32(count);
    return this.#leaves;
  }
}

let shared: PredictionMemory | undefined;

/** A memory with room for trees of so many bytes. */
export function memoryFor(bytes: number): PredictionMemory {
  if (bytes > LARGE_BYTES) return new PredictionMemory();
  if (!shared?.admit(bytes)) {
    shared = new PredictionMemory();
    shared.admit(bytes);
  }
  return shared;
}

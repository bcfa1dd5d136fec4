import { Arena } from '../../arena.ts';
import { type ObliviousKernel, obliviousKernelOver } from './kernel.ts';
import { QueueWorkers } from './queue-workers.ts';
import { makeQueue, TaskQueue } from './task-queue.ts';

/** The kernel, the memory that it works in, and the tasks that threads do in it side by side. */
export interface Engine {
  readonly arena: Arena;
  readonly kernel: ObliviousKernel;
  readonly queue: TaskQueue;
}

/** Starts so many threads; `queue.close()` lets them go. */
export function startEngine(threads: number): Engine {
  const arena = new Arena();
  const kernel = obliviousKernelOver(arena.memory);
  const shared = makeQueue(arena);
  const pool = threads > 1 ? new QueueWorkers(arena, kernel, shared, threads) : undefined;
  return { arena, kernel, queue: new TaskQueue(shared, kernel, pool) };
}

/** Threads take rows in blocks of so many: a multiple of what a vector instruction takes. */
const BLOCK = 8192;

/** Consecutive rows: the first, and the one past the last. */
export interface RowBlock {
  readonly first: number;
  readonly end: number;
}

/** @param size how many rows a block has at least: where more is kept for each block, fewer of them are better */
export function blocksOf(rows: number, size = 1): RowBlock[] {
  const each = Math.max(BLOCK, size);
  return Array.from({ length: Math.ceil(rows / each) }, (_, block) => ({
    first: block * each,
    end: Math.min((block + 1) * each, rows),
  }));
}

import type { Arena } from '../../arena.ts';
import type { ObliviousKernel } from './kernel.ts';

/** A task is its kind and up to 15 arguments. */
const TASK_WORDS = 16;
const TASK_BYTES = 4 * TASK_WORDS;

/** How many tasks wait at most. */
const CAPACITY = 4096;

/** What threads share of a queue: plain views, so that a worker can be handed them. */
export interface SharedQueue {
  readonly tasks: Uint32Array;
  /** How many tasks there are, and which is next. */
  readonly turn: Int32Array;
}

export function makeQueue(arena: Arena): SharedQueue {
  return { tasks: arena.uint32(TASK_WORDS * CAPACITY), turn: arena.int32(2) };
}

/** Does tasks until none is left. Whoever is free takes the next one; who does it makes no difference to what comes of it. */
export function work({ tasks, turn }: SharedQueue, kernel: ObliviousKernel): void {
  const count = turn[0]!;
  for (let task = Atomics.add(turn, 1, 1); task < count; task = Atomics.add(turn, 1, 1))
    kernel.run(tasks.byteOffset + TASK_BYTES * task);
}

/** Threads that do the tasks of a queue together with the one that asks. */
export interface Workers {
  /** Returns once all tasks are done. */
  run(): void;
  /** Lets the threads go. */
  close(): void;
}

/** Tasks of the kernel that do not depend on each other: done at once by this thread where it is alone, else shared out. */
export class TaskQueue {
  readonly #shared: SharedQueue;
  readonly #kernel: ObliviousKernel;
  readonly #workers: Workers | undefined;
  #waiting = 0;

  constructor(shared: SharedQueue, kernel: ObliviousKernel, workers?: Workers) {
    this.#shared = shared;
    this.#kernel = kernel;
    this.#workers = workers;
  }

  /** Adds a task: the kind of it, and its arguments. */
  add(kind: number, ...args: readonly number[]): void {
    const { tasks } = this.#shared;
    const at = TASK_WORDS * this.#waiting;
    tasks[at] = kind;
    for (let i = 0; i < args.length; i++) tasks[at + 1 + i] = args[i]!;
    if (this.#workers === undefined) {
      this.#kernel.run(tasks.byteOffset);
      return;
    }
    this.#waiting += 1;
    if (this.#waiting === CAPACITY) this.finish();
  }

  /** Returns once all tasks are done. */
  finish(): void {
    if (this.#workers === undefined || this.#waiting === 0) return;
    const { turn } = this.#shared;
    turn[0] = this.#waiting;
    Atomics.store(turn, 1, 0);
    this.#waiting = 0;
    this.#workers.run();
  }

  /** Lets the threads go. */
  close(): void {
    this.#workers?.close();
  }
}

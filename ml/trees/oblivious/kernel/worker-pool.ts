import { Worker } from 'node:worker_threads';
import type { Arena } from '../../arena.ts';
import type { ObliviousKernel } from './kernel.ts';
import { type SharedQueue, work } from './task-queue.ts';

/** Far longer than any task takes: a worker starts in some 50 ms. */
const TIMEOUT_MS = 120_000;

export const STOP = 1;

/** How often a thread looks before it sleeps: some 50 µs, as long as to wake it takes. */
export const SPINS = 4_000;

/** What a worker is handed. */
export interface Assignment {
  readonly memory: WebAssembly.Memory;
  readonly queue: SharedQueue;
  readonly barrier: {
    /** Goes up each time there is work. */
    readonly round: Int32Array;
    readonly stop: Int32Array;
    /** How many workers have started and are waiting for work. */
    readonly idle: Int32Array;
  };
}

/** This thread, and workers that wait in shared memory for tasks, so that nothing here is asynchronous. */
export class WorkerPool {
  readonly #queue: SharedQueue;
  readonly #kernel: ObliviousKernel;
  readonly #barrier: Assignment['barrier'];
  readonly #workers: number;
  #started = false;

  constructor(arena: Arena, kernel: ObliviousKernel, queue: SharedQueue, threads: number) {
    this.#queue = queue;
    this.#kernel = kernel;
    this.#workers = threads - 1;
    this.#barrier = { round: arena.int32(1), stop: arena.int32(1), idle: arena.int32(1) };
    const assignment: Assignment = { memory: arena.memory, queue, barrier: this.#barrier };
    for (let i = 0; i < this.#workers; i++) {
      const worker = new Worker(new URL('pool-worker.ts', import.meta.url), { workerData: assignment });
      // Its failure is met in `#join`; unheard, the event would end the process.
      worker.on('error', () => {}).unref();
    }
  }

  /** Does all tasks of the queue. */
  run(): void {
    // Until all workers have started, this thread does the work alone.
    this.#started ||= Atomics.load(this.#barrier.idle, 0) === this.#workers;
    if (this.#started) this.#tell();
    work(this.#queue, this.#kernel);
    if (this.#started) this.#join();
  }

  /** Lets the workers go. */
  close(): void {
    Atomics.store(this.#barrier.stop, 0, STOP);
    this.#tell();
  }

  #tell(): void {
    const { round, idle } = this.#barrier;
    Atomics.store(idle, 0, 0);
    Atomics.add(round, 0, 1);
    Atomics.notify(round, 0);
  }

  #join(): void {
    const { idle } = this.#barrier;
    for (let spin = 0; spin < SPINS && Atomics.load(idle, 0) < this.#workers; spin++);
    for (let now = Atomics.load(idle, 0); now < this.#workers; now = Atomics.load(idle, 0))
      if (Atomics.wait(idle, 0, now, TIMEOUT_MS) === 'timed-out')
        throw new Error('a thread that grows trees does not answer');
  }
}

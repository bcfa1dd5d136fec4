import { Worker } from 'node:worker_threads';
import type { Arena } from '../arena.ts';
import type { ObliviousKernel } from './kernel/kernel.ts';
import type { ScoreBoard } from './score-board.ts';

/** Far longer than a level takes: a worker starts in some 50 ms. */
const PATIENCE_MS = 120_000;

export const STOP = 1;

/** How often a thread looks before it sleeps: to wake one takes some 50 µs, and levels follow each other quickly. */
export const LOOKS = 20_000;

/** What a worker is handed. */
export interface Assignment {
  readonly memory: WebAssembly.Memory;
  readonly board: ScoreBoard['memory'];
  readonly meeting: {
    /** Goes up with each level. */
    readonly round: Int32Array;
    readonly stop: Int32Array;
    /** How many workers are waiting for the next level. */
    readonly done: Int32Array;
  };
}

/** This thread, and workers that wait in shared memory for the next level, so that nothing here is asynchronous. */
export class ScoreCrew {
  readonly #board: ScoreBoard;
  readonly #kernel: ObliviousKernel;
  readonly #meeting: Assignment['meeting'];
  readonly #others: number;

  constructor(arena: Arena, kernel: ObliviousKernel, board: ScoreBoard, threads: number) {
    this.#board = board;
    this.#kernel = kernel;
    this.#others = threads - 1;
    this.#meeting = { round: arena.int32(1), stop: arena.int32(1), done: arena.int32(1) };
    const assignment: Assignment = { memory: arena.memory, board: board.memory, meeting: this.#meeting };
    for (let i = 0; i < this.#others; i++) {
      const worker = new Worker(new URL('score-worker.ts', import.meta.url), { workerData: assignment });
      // Its failure is met in `#awaitOthers`; unheard, the event would end the process.
      worker.on('error', () => {}).unref();
    }
  }

  /** Does all tasks on the board. */
  run(): void {
    // The first time, for them to be there.
    this.#awaitOthers();
    if (this.#others > 0) this.#tell();
    this.#board.work(this.#kernel);
    this.#awaitOthers();
  }

  /** Lets the workers go. */
  close(): void {
    if (this.#others === 0) return;
    Atomics.store(this.#meeting.stop, 0, STOP);
    this.#tell();
  }

  #tell(): void {
    const { round, done } = this.#meeting;
    Atomics.store(done, 0, 0);
    Atomics.add(round, 0, 1);
    Atomics.notify(round, 0);
  }

  #awaitOthers(): void {
    const { done } = this.#meeting;
    for (let look = 0; look < LOOKS && Atomics.load(done, 0) < this.#others; look++);
    for (let now = Atomics.load(done, 0); now < this.#others; now = Atomics.load(done, 0))
      if (Atomics.wait(done, 0, now, PATIENCE_MS) === 'timed-out')
        throw new Error('a thread that scores splits does not answer');
  }
}

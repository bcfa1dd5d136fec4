import type { Worker } from 'node:worker_threads';
import { startWorker } from './start-worker.ts';

/** Far longer than any command takes: a thread starts in some 50 ms, and partitions ten million rows in a second. */
const TIMEOUT_MS = 120_000;
const STOP = -1;

// Places in the shared memory, a cache line apart, so that a write to one does not slow who reads another.
const ROUND = 0; // Goes up with each command.
const COMMAND = 16;
const DONE = 32; // How many threads wait for the next command.
const FAILED = 48;
const WORDS = 64;

/** What a thread is given to follow a team. */
export interface TeamMemory {
  readonly words: Int32Array;
  /**
   * How often a thread looks before it sleeps. To wake one takes some 50 µs, which is long where commands follow each other
   * quickly; to look costs its processor.
   */
  readonly spins: number;
}

/**
 * Threads that work in step with this one: each is told a command, and all have done it before the next. They meet in shared
 * memory, so that nothing here is asynchronous. One that fails makes the next meeting an error.
 */
export class WorkerTeam {
  readonly #memory: TeamMemory;
  readonly #size: number;
  readonly #workers: Worker[] = [];
  #hasStarted = false;

  /**
   * @param module calls `followTeam`
   * @param size how many threads there are besides this one
   * @param dataOf what each is given as its `workerData`
   */
  constructor(module: URL, size: number, spins: number, dataOf: (team: TeamMemory, worker: number) => unknown) {
    this.#memory = { words: new Int32Array(new SharedArrayBuffer(4 * WORDS)), spins };
    this.#size = size;
    for (let worker = 0; worker < size; worker++) {
      const onEnd = () => Atomics.store(this.#memory.words, FAILED, 1);
      this.#workers.push(startWorker(module, dataOf(this.#memory, worker), onEnd));
    }
  }

  /** Whether all threads have started; until then this one may work alone. */
  get hasStarted(): boolean {
    this.#hasStarted ||= Atomics.load(this.#memory.words, DONE) === this.#size;
    return this.#hasStarted;
  }

  /** Sends each thread something, which it finds at its `parentPort` once it is told to look. */
  send(of: (worker: number) => unknown): void {
    this.#workers.forEach((worker, place) => {
      worker.postMessage(of(place));
    });
  }

  /** Tells every thread what to do. They must all wait for it. */
  tell(command: number): void {
    const { words } = this.#memory;
    if (this.#size === 0) return;
    Atomics.store(words, DONE, 0);
    Atomics.store(words, COMMAND, command);
    Atomics.add(words, ROUND, 1);
    Atomics.notify(words, ROUND);
  }

  /**
   * Returns once every thread waits for the next command.
   *
   * @throws Error where one has failed, or does not answer
   */
  join(): void {
    const { words, spins } = this.#memory;
    for (let spin = 0; spin < spins && Atomics.load(words, DONE) < this.#size; spin++);
    for (let done = Atomics.load(words, DONE); done < this.#size; done = Atomics.load(words, DONE)) {
      if (Atomics.load(words, FAILED) > 0) throw new Error('a thread that works with this one has failed');
      if (Atomics.wait(words, DONE, done, TIMEOUT_MS) === 'timed-out')
        throw new Error('a thread that works with this one does not answer');
    }
  }

  /** Lets the threads go. */
  close(): void {
    this.tell(STOP);
  }
}

/** Does the commands of a team until it is closed. What it throws fails the team. */
export function followTeam({ words, spins }: TeamMemory, run: (command: number) => void): void {
  let isDone = false;
  // However this thread ends, nobody is to wait for it.
  process.once('exit', () => {
    if (isDone) return;
    Atomics.store(words, FAILED, 1);
    Atomics.notify(words, DONE);
  });
  // The first command may have been given before this thread was there.
  for (let seen = 0; ; ) {
    Atomics.add(words, DONE, 1);
    Atomics.notify(words, DONE);
    for (let spin = 0; spin < spins && Atomics.load(words, ROUND) === seen; spin++);
    Atomics.wait(words, ROUND, seen);
    seen = Atomics.load(words, ROUND);
    const command = Atomics.load(words, COMMAND);
    if (command === STOP) break;
    run(command);
  }
  isDone = true;
}

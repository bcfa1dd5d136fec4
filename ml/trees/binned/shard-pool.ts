import { Worker } from 'node:worker_threads';
import type { Arena } from '../arena.ts';
import type { RowData } from './row-data.ts';
import { type Command, commands, Shard, scratchBytes } from './shard.ts';

/** Far longer than any command takes: a worker starts in some 40 ms, and partitions ten million rows in a second. */
const TIMEOUT_MS = 120_000;

/** Where the threads wait for each other, in shared memory. */
export interface Barrier {
  /** Goes up with each command. */
  readonly round: Int32Array;
  /** The place of the command in `commands`, or STOP. */
  readonly command: Int32Array;
  /** How many workers have done it. */
  readonly done: Int32Array;
  /** How many have failed. */
  readonly failed: Int32Array;
}

export const STOP = -1;

/** What a worker is handed. */
export interface Assignment {
  readonly data: RowData;
  readonly barrier: Barrier;
  readonly shard: number;
  readonly shards: number;
  readonly scratch: number;
}

/** One thread for each shard: this one, and workers that wait in shared memory, so that nothing here is asynchronous. */
export class ShardPool {
  readonly #own: Shard;
  readonly #barrier: Barrier;
  readonly #others: number;

  /** @throws Error where a worker does not start */
  constructor(data: RowData, arena: Arena, shards: number) {
    const word = () => arena.int32(1);
    this.#barrier = { round: word(), command: word(), done: word(), failed: word() };
    this.#others = shards - 1;
    const scratch = () => arena.take(scratchBytes(data.binned.columns));
    this.#own = new Shard(data, 0, shards, scratch());
    for (let shard = 1; shard < shards; shard++) {
      const assignment: Assignment = { data, barrier: this.#barrier, shard, shards, scratch: scratch() };
      const worker = new Worker(new URL('shard-worker.ts', import.meta.url), { workerData: assignment });
      // Its failure is found in `#awaitOthers`; unheard, the event would end the process.
      worker.on('error', () => {}).unref();
    }
    this.#awaitOthers();
  }

  /** Has each shard do it, and waits for all. */
  run(command: Command): void {
    this.#tell(commands.indexOf(command));
    this.#own.run(command);
    this.#awaitOthers();
  }

  /** Lets the workers go. */
  close(): void {
    this.#tell(STOP);
  }

  #tell(command: number): void {
    const { round, command: told, done } = this.#barrier;
    if (this.#others === 0) return;
    Atomics.store(done, 0, 0);
    Atomics.store(told, 0, command);
    Atomics.add(round, 0, 1);
    Atomics.notify(round, 0);
  }

  #awaitOthers(): void {
    const { done, failed } = this.#barrier;
    for (let now = Atomics.load(done, 0); now < this.#others; now = Atomics.load(done, 0)) {
      if (Atomics.load(failed, 0) > 0 || Atomics.wait(done, 0, now, TIMEOUT_MS) === 'timed-out')
        throw new Error('a thread that grows trees has failed, or does not answer');
    }
  }
}

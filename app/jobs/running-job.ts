import { setTimeout as sleep } from 'node:timers/promises';
import type { JobFailure, JobRecord } from './job.ts';
import type { JobLimits } from './job-limits.ts';
import type { JobStore } from './job-store.ts';
import { type JobOutcome, type JobThread, NO_ROOM } from './job-thread.ts';

const LOOK_MS = 1000;
/** That it is all is known once it has ended. */
const MOST_SHARE = 0.99;

/** Why a job is ended from outside: its owner does not want it any more, or this process ends. */
export interface Stop {
  readonly stopped: 'cancelled' | 'closed';
}

/** A job while it runs: once a second it is written how far it is, and looked whether it may go on. */
export class RunningJob {
  readonly record: JobRecord;
  readonly #store: JobStore;
  readonly #limits: JobLimits;
  readonly #thread: JobThread;
  readonly #stop = Promise.withResolvers<Stop>();

  /** @param record its state, as it is written while it runs */
  constructor(record: JobRecord, thread: JobThread, store: JobStore, limits: JobLimits) {
    this.record = record;
    this.#store = store;
    this.#limits = limits;
    this.#thread = thread;
  }

  /** How many rows were read so far. */
  get rows(): number {
    return this.#thread.rows;
  }

  stop(why: Stop['stopped']): void {
    this.#stop.resolve({ stopped: why });
  }

  /** How it comes out; a thread that is not done with it has ended by then. @throws Error where the thread fails, which is a bug */
  async outcome(): Promise<JobOutcome | Stop> {
    const { id, file, options } = this.record;
    const { input, result } = this.#store.filesOf(id);
    const over = new AbortController();
    const supervised = this.#supervise(over.signal);
    const done = this.#thread.run({ input, output: result, name: file.name, options });
    let isDone = false;
    try {
      return await Promise.race([
        done.finally(() => {
          isDone = true;
        }),
        this.#stop.promise,
        supervised,
      ]);
    } finally {
      over.abort();
      // Whatever it writes is written before the end is.
      await supervised.catch(() => {});
      if (!isDone) await this.#thread.stop();
    }
  }

  async #supervise(signal: AbortSignal): Promise<JobOutcome | Stop> {
    const { id } = this.record;
    const end = performance.now() + this.#limits.runMs;
    for (;;) {
      await sleep(LOOK_MS, undefined, { signal, ref: false });
      if (await this.#store.isCancelled(id)) return { stopped: 'cancelled' };
      if ((await this.#store.bytes()) > this.#limits.disk) return { failure: NO_ROOM };
      if (performance.now() > end) return { failure: tooLong(this.#limits.runMs) };
      if (!signal.aborted) await this.#store.write({ ...this.record, progress: progressOf(this.record, this.rows) });
    }
  }
}

/** How far a job is that has read so many rows. */
export function progressOf({ expectedRows }: Pick<JobRecord, 'expectedRows'>, rows: number): JobRecord['progress'] {
  return { rows, share: expectedRows === null ? null : Math.min(MOST_SHARE, rows / Math.max(1, expectedRows)) };
}

function tooLong(ms: number): JobFailure {
  const minutes = Math.round(ms / 60_000);
  return {
    reason: 'too-long',
    detail: `It was not done within ${minutes} minutes. Split the file, or leave the contributions out.`,
  };
}

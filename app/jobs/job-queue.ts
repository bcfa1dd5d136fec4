import { rm, stat } from 'node:fs/promises';
import type { Logger } from 'pino';
import type { LoadedRelease } from '../../ml/serving.ts';
import type { Meter } from '../metrics/meter.ts';
import type { JobFailure, JobRecord, JobResult } from './job.ts';
import type { JobLimits } from './job-limits.ts';
import type { JobStore } from './job-store.ts';
import { type JobOutcome, JobThread, type Predicted } from './job-thread.ts';
import { progressOf, RunningJob, type Stop } from './running-job.ts';

interface JobQueueOptions {
  readonly store: JobStore;
  /** The release that serves when a job begins. */
  readonly release: () => LoadedRelease;
  readonly limits: JobLimits;
  readonly logger: Logger;
  readonly meter: Meter;
}

/** How a job may end. */
type Ending =
  | { readonly status: 'done'; readonly progress: JobRecord['progress']; readonly result: JobResult }
  | { readonly status: 'failed'; readonly failure: JobFailure }
  | { readonly status: 'cancelled' };

/** A thread waits so long for another file: its start takes longer than a small one. */
const IDLE_MS = 10_000;

const BUG: JobFailure = {
  reason: 'internal-error',
  detail: 'Something went wrong on our side. The log of the server tells more.',
};

/** Runs the jobs that this process holds, one after the other. */
export class JobQueue {
  readonly #options: JobQueueOptions;
  #waiting: string[] = [];
  #running: RunningJob | undefined;
  #work: Promise<void> | undefined;
  #thread: JobThread | undefined;
  #idle: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: JobQueueOptions) {
    this.#options = options;
  }

  /** How many wait. */
  get waiting(): number {
    return this.#waiting.length;
  }

  holds(id: string): boolean {
    return this.#running?.record.id === id || this.#waiting.includes(id);
  }

  /** How far a job is by now; undefined where it does not run here. */
  progressOf(id: string): JobRecord['progress'] | undefined {
    const running = this.#running;
    return running?.record.id === id ? progressOf(running.record, running.rows) : undefined;
  }

  add(id: string): void {
    if (this.#isClosed) return;
    this.#waiting.push(id);
    this.#work ??= this.#runAll().finally(() => {
      this.#work = undefined;
      this.#idle = setTimeout(() => void this.#endThread(), IDLE_MS).unref();
    });
  }

  /** Ends a job; one that another process holds is ended by that. */
  async cancel(record: JobRecord): Promise<void> {
    const { id } = record;
    await this.#options.store.cancel(id);
    if (this.#running?.record.id === id) this.#running.stop('cancelled');
    if (!this.#waiting.includes(id)) return;
    this.#waiting = this.#waiting.filter((each) => each !== id);
    await this.end(record, { status: 'cancelled' });
  }

  /** Gives every job back, for another process to take up at once. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const held = this.#waiting;
    this.#waiting = [];
    for (const id of held) await this.#options.store.touch(id, false).catch(() => {});
    this.#running?.stop('closed');
    await this.#work;
    await this.#endThread();
  }

  /** Writes how a job ended, and removes what nobody needs of it any more. */
  async end(record: JobRecord, how: Ending): Promise<void> {
    const { store, limits } = this.#options;
    if ('result' in how) await rm(store.filesOf(record.id).input, { force: true });
    else await store.discard(record.id);
    const now = Date.now();
    const ended = new Date(now).toISOString();
    await store.write({ ...record, ...how, ended, expires: new Date(now + limits.keepMs).toISOString() });
  }

  async #runAll(): Promise<void> {
    for (let id = this.#waiting.shift(); id !== undefined; id = this.#waiting.shift()) {
      try {
        await this.#run(id);
      } catch (error) {
        // Its folder has gone, or the disk is full: somebody takes it up again once its lease is over.
        this.#options.logger.warn({ err: error }, 'a batch could not be run');
      }
    }
  }

  async #run(id: string): Promise<void> {
    const { store, release, limits, logger } = this.#options;
    const waiting = await store.read(id);
    if (waiting === undefined || waiting.ended !== undefined) return;
    if (waiting.status === 'cancelled') return this.end(waiting, { status: 'cancelled' });
    const serving = release();
    const record: JobRecord = {
      ...waiting,
      status: 'running',
      started: new Date().toISOString(),
      release: serving.id,
      progress: progressOf(waiting, 0),
    };
    await store.write(record);
    this.#running = new RunningJob(record, await this.#threadWith(serving), store, limits);
    const running = this.#running;
    // Closed while the thread was made.
    if (this.#isClosed) running.stop('closed');
    try {
      await this.#conclude(running, await running.outcome());
    } catch (error) {
      logger.error({ err: error }, 'a batch has failed');
      await this.end(record, { status: 'failed', failure: BUG });
    } finally {
      this.#running = undefined;
    }
  }

  /** A thread that predicts with a release: the one that there is, if it does. */
  async #threadWith(release: LoadedRelease): Promise<JobThread> {
    clearTimeout(this.#idle);
    if (this.#thread?.isAlive && this.#thread.release === release) return this.#thread;
    await this.#endThread();
    this.#thread = new JobThread(release);
    return this.#thread;
  }

  async #endThread(): Promise<void> {
    clearTimeout(this.#idle);
    const thread = this.#thread;
    this.#thread = undefined;
    await thread?.stop();
  }

  async #conclude({ record, rows }: RunningJob, outcome: JobOutcome | Stop): Promise<void> {
    const { store } = this.#options;
    if ('predicted' in outcome) return this.#finish(record, outcome.predicted);
    if ('failure' in outcome)
      return this.end(
        { ...record, progress: progressOf(record, rows) },
        { status: 'failed', failure: outcome.failure },
      );
    if (outcome.stopped === 'cancelled') return this.end(record, { status: 'cancelled' });
    await store.write(record);
    await store.touch(record.id, false);
  }

  async #finish(record: JobRecord, predicted: Predicted): Promise<void> {
    const { store, meter, logger } = this.#options;
    const { id, started = record.created, release } = record;
    const { rows } = predicted;
    const { size: bytes } = await stat(store.filesOf(id).result);
    await this.end(record, {
      status: 'done',
      progress: { rows, share: 1 },
      result: { url: `/api/v1/batch/${id}/result`, bytes, ...predicted },
    });
    meter.predicted({ records: predicted.predicted, outside: undefined, refused: rows - predicted.predicted });
    logger.info({ rows, predicted: predicted.predicted, release, ms: Date.now() - Date.parse(started) }, 'batch');
  }
}

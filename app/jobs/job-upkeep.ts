import type { Logger } from 'pino';
import type { JobRecord } from './job.ts';
import type { JobLimits } from './job-limits.ts';
import type { JobQueue } from './job-queue.ts';
import type { JobStore } from './job-store.ts';

/** A job whose server dies so often has to do with it. */
const MOST_ATTEMPTS = 3;
/** A lease is renewed so often within its time. */
const LOOKS = 4;
/** A file that is on its way for longer does not come any more. */
const ABANDONED_MS = 3_600_000;

export interface JobUpkeepOptions {
  readonly logger: Logger;
  /** Whether the file of a job is on its way to this process. */
  readonly isArriving: (id: string) => boolean;
}

/**
 * Looks after jobs on the disk: those that this process holds are said to be held, those that a dead one held are taken up, and what has been
 * over for an hour is removed.
 */
export class JobUpkeep {
  readonly #store: JobStore;
  readonly #queue: JobQueue;
  readonly #limits: JobLimits;
  readonly #options: JobUpkeepOptions;
  #timer: NodeJS.Timeout | undefined;
  #look: Promise<void> | undefined;

  constructor(store: JobStore, queue: JobQueue, limits: JobLimits, options: JobUpkeepOptions) {
    this.#store = store;
    this.#queue = queue;
    this.#limits = limits;
    this.#options = options;
  }

  start(): void {
    const look = () => {
      this.#look ??= this.#lookAtAll().finally(() => {
        this.#look = undefined;
      });
    };
    look();
    this.#timer = setInterval(look, this.#limits.leaseMs / LOOKS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #lookAtAll(): Promise<void> {
    const warn = (error: unknown) =>
      this.#options.logger.warn({ err: error }, 'the files of batches cannot be looked after');
    try {
      // What is wrong with one is no trouble to the others.
      for (const id of await this.#store.ids()) await this.#lookAt(id).catch(warn);
    } catch (error) {
      warn(error);
    }
  }

  async #lookAt(id: string): Promise<void> {
    const record = await this.#store.read(id);
    if (record === undefined) {
      if (!this.#options.isArriving(id) && (await this.#store.unchangedFor(id)) > ABANDONED_MS)
        await this.#store.remove(id);
      return;
    }
    if (record.ended !== undefined) {
      if (Date.parse(record.expires ?? record.ended) <= Date.now()) await this.#store.remove(id);
      return;
    }
    if (this.#queue.holds(id)) return this.#store.touch(id);
    // Counted first: whoever has claimed one of these has said before that it is at the job.
    const attempts = await this.#store.attempts(id);
    if (((await this.#store.idleFor(id)) ?? 0) > this.#limits.leaseMs) await this.#takeUp(record, attempts);
  }

  /** Takes up a job that nobody is at any more, from its beginning. @param attempts how often it was taken */
  async #takeUp(record: JobRecord, attempts: number): Promise<void> {
    const { id, expectedRows } = record;
    await this.#store.touch(id);
    if (!(await this.#store.claim(id, attempts + 1))) return;
    await this.#store.discardResult(id);
    if (record.status === 'cancelled') return this.#queue.end(record, { status: 'cancelled' });
    if (attempts >= MOST_ATTEMPTS)
      return this.#queue.end(record, {
        status: 'failed',
        failure: {
          reason: 'interrupted',
          detail: `The server has ended ${attempts} times while it was at this file. Send it again, or split it.`,
        },
      });
    const { started, release, ...again } = record;
    await this.#store.write({
      ...again,
      status: 'waiting',
      progress: { rows: 0, share: expectedRows === null ? null : 0 },
    });
    this.#queue.add(id);
  }
}

import { Worker } from 'node:worker_threads';
import type { LoadedRelease } from '../../ml/serving.ts';
import type { JobFailure, JobOptions, JobResult } from './job.ts';

/** A file that a thread is to predict. */
export interface JobTask {
  /** The file that was sent. */
  readonly input: string;
  /** What its owner calls it. */
  readonly name: string;
  /** Where the result goes. */
  readonly output: string;
  readonly options: JobOptions;
}

/** What became of a file, without where it is. */
export type Predicted = Omit<JobResult, 'url' | 'bytes'>;

/** What a thread tells. */
export type JobMessage =
  | { readonly kind: 'progress'; readonly rows: number }
  | ({ readonly kind: 'done' } & Predicted)
  | { readonly kind: 'refused'; readonly detail: string; readonly problems: JobFailure['problems'] }
  | { readonly kind: 'no-room' };

/** How a job came out. */
export type JobOutcome = { readonly predicted: Predicted } | { readonly failure: JobFailure };

/** A thread's own memory, for tables and texts; the model is shared. */
const MEMORY_MB = 512;

export const NO_ROOM: JobFailure = {
  reason: 'no-room',
  detail: 'There is no room left on the disk for the files of batches. Try again later, or with fewer rows or columns.',
};
const TOO_LARGE: JobFailure = {
  reason: 'too-large',
  detail:
    'The memory that a batch may take is not enough for this file: its rows, or the row groups of its Parquet, are too large. Split it.',
};

/**
 * A thread that predicts files with one release, one after the other, so that the event loop goes on. The typed arrays of the release are
 * shared, not copied. Should a file take more memory than a thread may have, the thread ends, and nothing else.
 */
export class JobThread {
  readonly release: LoadedRelease;
  readonly #worker: Worker;
  readonly #ended = Promise.withResolvers<void>();
  #outcome = Promise.withResolvers<JobOutcome>();
  #rows = 0;
  #isAlive = true;

  constructor(release: LoadedRelease, memoryMb = MEMORY_MB) {
    this.release = release;
    this.#worker = new Worker(new URL('job-worker.ts', import.meta.url), {
      workerData: release,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    });
    this.#worker.unref();
    this.#worker.on('message', (message: JobMessage) => this.#hear(message));
    this.#worker.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') this.#outcome.resolve({ failure: TOO_LARGE });
      else this.#outcome.reject(error);
    });
    this.#worker.once('exit', () => {
      this.#isAlive = false;
      this.#outcome.reject(new Error('the thread of a batch has ended'));
      this.#ended.resolve();
    });
    this.#outcome.promise.catch(() => {});
  }

  /** Whether it can be given another file. */
  get isAlive(): boolean {
    return this.#isAlive;
  }

  /** How many rows of the file were read so far. */
  get rows(): number {
    return this.#rows;
  }

  /** Predicts a file; there is but one at a time. @throws Error where the thread fails, which is a bug, or is stopped */
  run(task: JobTask): Promise<JobOutcome> {
    this.#rows = 0;
    this.#outcome = Promise.withResolvers();
    this.#outcome.promise.catch(() => {});
    this.#worker.postMessage(task);
    return this.#outcome.promise;
  }

  /** Ends the thread, whatever it does. */
  async stop(): Promise<void> {
    await this.#worker.terminate();
    await this.#ended.promise;
  }

  #hear(message: JobMessage): void {
    switch (message.kind) {
      case 'progress':
        this.#rows = message.rows;
        break;
      case 'done': {
        const { kind, ...predicted } = message;
        this.#outcome.resolve({ predicted });
        break;
      }
      case 'refused': {
        const { detail, problems } = message;
        this.#outcome.resolve({ failure: { reason: 'invalid-file', detail: `${detail}.`, problems } });
        break;
      }
      case 'no-room':
        this.#outcome.resolve({ failure: NO_ROOM });
    }
  }
}

import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { LoadedRelease } from '../../ml/serving.ts';
import type { JsonQuestion } from '../api/json-answer.ts';
import type { LinesQuestion } from '../api/ndjson/lines-answer.ts';
import { BusyError, GoneError, HttpError } from '../http-errors.ts';
import { ownBuffer } from '../owned-bytes.ts';
import type { ApiQuestion } from '../pages/api/origin-place.ts';
import type { FormAnswer, SentForm } from '../pages/form/answer.ts';
import type { ModelPages, ModelQuestion } from '../pages/model/model-pages.ts';
import type { CheckedRows, SentFile } from './checked-rows.ts';
import { Lanes } from './lanes.ts';
import { errorOf, type Refusal } from './refusal.ts';
import type { AnswerBytes } from './thread.ts';

/** What takes longer from its arrival on is given up, and its thread replaced. */
const SECONDS = 300;
/** So many tasks run or wait; more are sent away. */
const MAX_TASKS = 128;
// At least two, so that a long task does not keep the short ones waiting; but one processor is the event loop's, and where that leaves one, a second thread
// of short tasks would only hold another 20 MB.
const THREADS = Math.max(2, Math.min(4, availableParallelism()));
const AT_ONCE = Math.max(1, availableParallelism() - 1);

/** A thread that has had nothing to do for so long ends; the next large request waits for another, half a second. */
const IDLE_MS = 3000;
const YOUNG_MB = 8;
/** A task that nobody waits for any more is ended with its thread, once it takes longer than another thread takes to start. */
const GRACE_MS = 500;
/** A thread's own memory, as of those that predict files; the model is shared. */
const MEMORY_MB = 512;

interface Task {
  readonly name: keyof typeof import('./thread.ts');
  readonly input: unknown;
  readonly transfer: ArrayBuffer[];
}

export interface PoolOptions {
  /** @default as many as there are processors, 2 to 4 */
  readonly threads?: number;
  /** @default 300 */
  readonly seconds?: number;
  /** @default 512 */
  readonly threadMemoryMb?: number;
}

/** Threads that predict with one release, so that the event loop goes on. Its typed arrays are shared, not copied. */
export class PredictionPool {
  readonly #pool: Piscina;
  readonly #lanes: Lanes;
  readonly #seconds: number;
  #tasks = 0;

  constructor(release: LoadedRelease, options: PoolOptions = {}) {
    const { threads = THREADS, seconds = SECONDS, threadMemoryMb = MEMORY_MB } = options;
    this.#seconds = seconds;
    this.#lanes = new Lanes(Math.min(AT_ONCE, threads), threads);
    this.#pool = new Piscina({
      filename: fileURLToPath(new URL('thread-entry.mjs', import.meta.url)),
      workerData: release,
      // An idle thread holds as much memory as half of the service.
      minThreads: 0,
      maxThreads: threads,
      idleTimeout: IDLE_MS,
      // On Linux a thread can give way to the one that answers; elsewhere the whole process would.
      niceIncrement: process.platform === 'linux' ? 10 : 0,
      recordTiming: false,
      // What a task leaves behind is short-lived.
      resourceLimits: {
        maxYoungGenerationSizeMb: YOUNG_MB,
        maxOldGenerationSizeMb: threadMemoryMb,
      },
    });
    // A thread that dies while it is idle is replaced, which is all there is to do.
    this.#pool.on('error', () => {});
  }

  /** `jsonAnswer` to a body of JSON, as UTF-8. The body's bytes are handed over where nobody shares them. */
  async answerJson(question: JsonQuestion, gone: AbortSignal): Promise<AnswerBytes> {
    return this.#run({ name: 'answerJson', input: question, transfer: ownBuffers(question.body.bytes) }, gone);
  }

  /** `linesAnswer` to lines of JSON, as UTF-8. The bytes of the lines are handed over where nobody shares them. */
  async answerLines(question: LinesQuestion, gone: AbortSignal): Promise<AnswerBytes> {
    return this.#run({ name: 'answerLines', input: question, transfer: ownBuffers(question.bytes) }, gone);
  }

  /** `formAnswer` to a form. */
  async answerForm(form: SentForm, gone: AbortSignal): Promise<FormAnswer> {
    return this.#run({ name: 'answerForm', input: form, transfer: [] }, gone);
  }

  /** `checkRows` of a file on the disk. @throws HttpError where it takes more memory than a thread has */
  async checkRows(file: SentFile): Promise<CheckedRows> {
    try {
      return await this.#run({ name: 'checkRows', input: file, transfer: [] }, new AbortController().signal);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'ERR_WORKER_OUT_OF_MEMORY') throw cause;
      throw new HttpError(
        'What the file says of its rows takes more memory than there is for it. Split it, or write it as CSV.',
        {
          problem: 'body-too-large',
          cause,
        },
      );
    }
  }

  /** `apiPage` of the release. */
  async apiPage(question: ApiQuestion): Promise<string> {
    return this.#run({ name: 'apiPage', input: question, transfer: [] }, new AbortController().signal);
  }

  /** `modelPages` of the release. */
  async modelPages(question: ModelQuestion): Promise<ModelPages> {
    return this.#run({ name: 'modelPages', input: question, transfer: [] }, new AbortController().signal);
  }

  /**
   * Runs a function of thread.ts.
   *
   * @param gone ends the task when nobody waits for it any more
   * @throws BusyError where there is too much to do. @throws GoneError once `gone` says so.
   * @throws DataError, HttpError as the function does.
   */
  async #run<T>({ name, input, transfer }: Task, gone: AbortSignal): Promise<T> {
    if (this.#tasks >= MAX_TASKS) throw new BusyError();
    this.#tasks += 1;
    // Not AbortSignal.timeout: that would keep what it holds until its time has come, long after the task is done.
    const late = new AbortController();
    const giveUp = () => late.abort();
    const timer = setTimeout(giveUp, this.#seconds * 1000).unref();
    let leave: (() => void) | undefined;
    try {
      leave = await this.#lanes.take(AbortSignal.any([gone, late.signal]));
      gone.throwIfAborted();
      gone.addEventListener('abort', () => setTimeout(giveUp, GRACE_MS).unref(), { once: true });
      const { signal } = late;
      const result: T | Refusal = await this.#pool.run(input, { name, signal, transferList: transfer });
      if (typeof result === 'object' && result !== null && 'refused' in result) throw errorOf(result);
      return result;
    } catch (error) {
      if (gone.aborted) throw new GoneError('nobody waits for the prediction', { cause: error });
      if (late.signal.aborted) {
        const advice = 'Send fewer records at a time, or try again later.';
        throw new BusyError(`This was not done within ${this.#seconds} s. ${advice}`, { cause: error });
      }
      throw error;
    } finally {
      clearTimeout(timer);
      leave?.();
      this.#tasks -= 1;
    }
  }

  /** How many tasks wait for a thread. */
  get waiting(): number {
    return this.#lanes.waiting + this.#pool.queueSize;
  }

  /** Ends the threads, whatever they do. */
  async close(): Promise<void> {
    await this.#pool.destroy();
  }
}

/** What can be handed over of some bytes. */
function ownBuffers(bytes: Uint8Array): ArrayBuffer[] {
  const own = ownBuffer(bytes);
  return own ? [own] : [];
}

import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { WorkerDied } from '../core/start-worker.ts';
import type { WorkerPool } from '../core/worker-pool.ts';
import { growthOf } from '../estimators/index.ts';
import { type FitContext, type FitJob, type FitNote, type FitResult, FitRunner } from './fit-job.ts';
import { checkWorkers, startFitThreads } from './fit-threads.ts';
import type { Plan } from './plan.ts';

/** What a caller wants of a fit besides its result. */
export interface FitHooks {
  /** Called when the fit begins. */
  readonly onStart: () => void;
  readonly onNote: (note: FitNote) => void;
  /** Called when a fit that began has ended, however it did. */
  readonly onEnd: () => void;
}

/** Where fits are done: in this thread or in others, with the same bytes. */
export interface Fitting {
  /** How many fits there are at a time. */
  readonly parallel: number;
  /**
   * Fits when its turn comes, in the order in which it is called. Whatever goes wrong is a result.
   *
   * @throws the signal's reason once it is aborted
   */
  fit(job: Omit<FitJob, 'threads'>, hooks: FitHooks, signal: AbortSignal): Promise<FitResult>;
  /** Lets go of what was kept of fits for others, once none runs. */
  forget(): Promise<void>;
  /** Ends what still runs. */
  close(): Promise<void>;
}

/** Cells, times the candidates that grow in rounds, from which threads are worth their start of some 200 ms. */
const WORTH_THREADS = 20_000;
/** Cells of the data from which there is one fit at a time: memory is scarcer than time, and engines have threads too. */
const MANY_CELLS = 2 ** 26;

/** How many fits there are to be at a time, and where. */
export interface FittingOptions {
  /** @default as many as there are cores, where that is worth it */
  readonly workers?: number | undefined;
  /** Threads that were started beforehand; they are used where there are as many as are wanted. */
  readonly threads?: WorkerPool | undefined;
}

/** Where the fits of a plan are best done. @throws ParamError where there cannot be so many workers */
export function openFitting(
  context: FitContext,
  { search, models }: Plan,
  { workers, threads }: FittingOptions = {},
): Fitting {
  if (workers !== undefined) checkWorkers(workers);
  const cells = context.train.rows * context.declaration.columns.length;
  const growing = models.filter((model) => growthOf(model)).length;
  const isWorthThreads = search !== 'defaults' || cells * growing >= WORTH_THREADS;
  if (!isWorthThreads || (availableParallelism() === 1 && search === 'defaults')) return fitHere(context);
  const size = workers ?? (cells > MANY_CELLS ? 1 : availableParallelism());
  return fitInThreads(threads?.size === size ? threads : startFitThreads(size), context);
}

/** Fits in the threads of a pool; one that dies fails its fit, with the cause. */
export function fitInThreads(pool: WorkerPool, context: FitContext): Fitting {
  const threads = Math.max(1, Math.floor(availableParallelism() / pool.size));
  pool.share(context);
  return {
    parallel: pool.size,
    async fit(job, { onStart, onNote, onEnd }, signal) {
      let hasStarted = false;
      const started = () => {
        hasStarted = true;
        onStart();
      };
      const hooks = { onStart: started, onNote: (note: unknown) => onNote(note as FitNote), signal };
      // A lone fit on all rows has the machine to itself.
      const isLone = job.fold === null && job.draw === undefined;
      const given: FitJob = { ...job, threads: isLone ? availableParallelism() : threads };
      try {
        return (await pool.run(given, hooks)) as FitResult;
      } catch (error) {
        if (error instanceof WorkerDied) return { status: 'failed', reason: error.message };
        throw error;
      } finally {
        if (hasStarted) onEnd();
      }
    },
    forget: () => pool.letGo(),
    close: () => pool.close(),
  };
}

/** Fits in this thread, one after the other. */
export function fitHere(context: FitContext): Fitting {
  let runner = new FitRunner(context);
  let last: Promise<unknown> = Promise.resolve();
  const turn = async (job: FitJob, { onStart, onNote, onEnd }: FitHooks, signal: AbortSignal) => {
    // Whoever waits for a timer or a signal has its turn between two fits.
    await setImmediate();
    signal.throwIfAborted();
    onStart();
    try {
      return runner.run(job, onNote, signal);
    } finally {
      onEnd();
    }
  };
  return {
    parallel: 1,
    fit(job, hooks, signal) {
      const fitted = last.then(() => turn({ ...job, threads: availableParallelism() }, hooks, signal));
      last = fitted.catch(() => {});
      return fitted;
    },
    async forget() {
      runner = new FitRunner(context);
    },
    close: async () => {},
  };
}

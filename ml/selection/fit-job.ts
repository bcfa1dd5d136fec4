import { DataError, ParamError } from '../core/errors.ts';
import type { Predictions } from '../core/predictions.ts';
import type { Declaration } from '../data/declaration.ts';
import type { Fold } from '../data/folds.ts';
import { columnOf, type Table, weightsOf } from '../data/table.ts';
import type { Training } from '../estimators/estimator.ts';
import { estimatorNamed } from '../estimators/index.ts';
import type { Model } from '../estimators/model.ts';
import { fitPreprocessor, transform } from '../features/preprocess.ts';
import { type Candidate, candidateSeed } from './candidate.ts';
import { Folds } from './folds.ts';

/** What all fits of a training have in common. A thread is given it once; the table's columns lie in shared memory. */
export interface FitContext {
  readonly declaration: Declaration;
  /** The training rows. */
  readonly train: Table;
  /** Of the training rows. */
  readonly folds: readonly Fold[];
  readonly seed: number;
}

/** One fit of a candidate, as a message: in a fold, or on all training rows where that is null. */
export interface FitJob {
  readonly candidate: Candidate;
  readonly fold: number | null;
  readonly threads: number;
}

/** What a job tells of while it runs. */
export type FitNote = { readonly done: number; readonly total: number } | { readonly warning: string };

/** What comes of a job: plain data, so that a thread can answer it. */
export type FitResult =
  | { readonly status: 'predicted'; readonly predictions: Predictions }
  | { readonly status: 'fitted'; readonly model: Model }
  | FitFailure;

export interface FitFailure {
  readonly status: 'failed';
  readonly reason: string;
  /** Where in the code, if the fault is ours. */
  readonly stack?: string | undefined;
}

/** Does fits, in whatever thread it is: the same job gives the same bytes. */
export class FitRunner {
  readonly #context: FitContext;
  readonly #folds: Folds;

  constructor(context: FitContext) {
    this.#context = context;
    this.#folds = new Folds(context.declaration, context.train, context.folds);
  }

  /** @throws the signal's reason once it is aborted; whatever else goes wrong is a result */
  run(job: FitJob, note: (note: FitNote) => void, signal?: AbortSignal): FitResult {
    const hooks = {
      threads: job.threads,
      signal,
      onRound: (done: number, total: number) => note({ done, total }),
      onWarning: (warning: string) => note({ warning }),
    };
    try {
      return job.fold === null ? this.#fitAll(job.candidate, hooks) : this.#fitFold(job.candidate, job.fold, hooks);
    } catch (error) {
      signal?.throwIfAborted();
      return failureOf(error);
    }
  }

  #fitFold({ model, params }: Candidate, fold: number, hooks: Hooks): FitResult {
    const estimator = estimatorNamed(model);
    const { learned, validation } = this.#folds.encoded(estimator.encoding, fold);
    const state = estimator.fit({ ...learned, params, seed: this.#seed(model), ...hooks });
    return { status: 'predicted', predictions: estimator.predict(state, validation.x) };
  }

  #fitAll({ model, params }: Candidate, hooks: Hooks): FitResult {
    const { declaration, train } = this.#context;
    const estimator = estimatorNamed(model);
    const preprocessor = fitPreprocessor(declaration, train, estimator.encoding);
    const rows = {
      x: transform(preprocessor, train),
      y: columnOf(train, declaration.target),
      weights: weightsOf(train, declaration),
    };
    const state = estimator.fit({ ...rows, params, seed: this.#seed(model), ...hooks });
    return { status: 'fitted', model: { estimator: model, params, preprocessor, state } };
  }

  #seed(model: string): number {
    return candidateSeed(this.#context.seed, model);
  }
}

type Hooks = Pick<Training, 'threads' | 'signal' | 'onRound' | 'onWarning'>;

/** Why a fit failed, in a sentence for people. */
export function failureOf(error: unknown): FitFailure {
  if (error instanceof ParamError) return { status: 'failed', reason: error.message };
  if (error instanceof DataError) {
    const [first] = error.issues;
    const column = first?.keys?.findLast((key) => typeof key === 'string');
    const reason = [error.message, column, first?.message].filter((part) => part !== undefined).join(': ');
    return { status: 'failed', reason };
  }
  // V8's words for an array that cannot be made.
  if (error instanceof RangeError && /allocation failed|Invalid (typed )?array length|memory/i.test(error.message))
    return { status: 'failed', reason: `it needs more memory than there is (${error.message})` };
  const stack = error instanceof Error ? error.stack : undefined;
  return { status: 'failed', reason: `an error in Plumbline itself: ${error}`, stack };
}

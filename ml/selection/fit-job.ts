import { DataError, ParamError } from '../core/errors.ts';
import type { Predictions } from '../core/predictions.ts';
import type { Declaration } from '../data/declaration.ts';
import type { Fold } from '../data/folds.ts';
import type { Table } from '../data/table.ts';
import { classCountOf, taskKindOf } from '../data/task-kind.ts';
import { withoutBias } from '../estimators/bias-factors.ts';
import type { LabelledRows, Training } from '../estimators/estimator.ts';
import { estimatorNamed } from '../estimators/index.ts';
import type { FittedModel } from '../estimators/model.ts';
import { asTargets } from '../features/log-target.ts';
import { fitFeatures, innerFolds } from '../features/preprocess.ts';
import { type Candidate, candidateSeed } from './candidate.ts';
import { Folds } from './folds.ts';

/** What all fits of a training have in common. A thread is given it once; the table's columns lie in shared memory. */
export interface FitContext {
  readonly declaration: Declaration;
  /** The training rows, or those of them that candidates are tried on. */
  readonly train: Table;
  /** All of them, which the chosen model learns from in the end. @default `train` */
  readonly all?: Table | undefined;
  /** Of `train`. */
  readonly folds: readonly Fold[];
  readonly seed: number;
}

/** One fit of a candidate, as a message: in a fold, or on all training rows where that is null. */
export interface FitJob extends FoldOptions {
  readonly candidate: Candidate;
  readonly fold: number | null;
  /** Which of several fits on all rows, each of which draws random numbers of its own. @default the only one */
  readonly draw?: number | undefined;
  readonly threads: number;
}

/** How a candidate is fitted in a fold. */
export interface FoldOptions {
  /** So many of the rows to learn from, drawn at random, and about as many of those that are held. @default all */
  readonly rows?: number | undefined;
  /** The numbers of rounds to predict after, ascending, by one fit. @default the one that the candidate names */
  readonly rounds?: readonly number[] | undefined;
  /** After so many rounds without gain on the rows that the fold holds, growing stops. @default as the candidate names */
  readonly patience?: number | undefined;
  /** Whether the model is wanted too. @default false */
  readonly keep?: boolean | undefined;
}

/** What a job tells of while it runs. */
export type FitNote = { readonly done: number; readonly total: number } | { readonly warning: string };

/** What comes of a job: plain data, so that a thread can answer it. */
export type FitResult = FoldFit | { readonly status: 'fitted'; readonly model: FittedModel } | FitFailure;

/** What a fit in a fold says of the rows that the fold holds, or of those that were drawn of them. */
export interface FoldFit {
  readonly status: 'predicted';
  /** Of each number of rounds that was asked for; of all rounds where none was. */
  readonly predictions: readonly Predictions[];
  /** How many rounds it kept; null where it does not grow in rounds. */
  readonly rounds: number | null;
  readonly fitSeconds: number;
  /** To predict the rows that the fold holds. */
  readonly predictSeconds: number;
  readonly model?: FittedModel | undefined;
}

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
  /** How many classes there are; undefined where targets are numbers. */
  readonly #classes: number | undefined;

  constructor(context: FitContext) {
    this.#context = context;
    this.#classes = classCountOf(context.declaration) || undefined;
    this.#folds = new Folds(context.declaration, context.train, context.folds, context.seed);
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
      return job.fold === null ? this.#fitAll(job, hooks) : this.#fitFold(job, job.fold, hooks);
    } catch (error) {
      signal?.throwIfAborted();
      return failureOf(error);
    }
  }

  #fitFold({ candidate, rows, rounds, patience, keep }: FitJob, fold: number, hooks: Hooks): FitResult {
    const { model, params, features = [] } = candidate;
    const task = taskKindOf(this.#context.declaration);
    const named = { estimator: model, task, params, features };
    const estimator = estimatorNamed(model, task);
    const { encoding, staged, inBlocks } = estimator;
    // With what it takes to make the rows: of recipes that may be more than the fit.
    const began = performance.now();
    const { preprocessor, inner, learned, validation } = this.#folds.encoded({
      encoding,
      inBlocks,
      features,
      fold,
      rows,
    });
    const stops = patience !== undefined && staged?.patience !== undefined;
    const given = stops ? { validation, params: { ...params, [staged.patience]: patience } } : { params };
    const fitWith = (of: LabelledRows, hooks: Hooks) =>
      estimator.fit({ ...of, ...given, classes: this.#classes, seed: this.#seed(model), ...hooks });
    const state = fitWith(learned, hooks);
    const learn = (of: LabelledRows) => fitWith(of, silent(hooks));
    const { target } = preprocessor;
    const targets = withoutBias({ estimator, target, rows: learned, folds: inner, learn, rounds: staged && rounds });
    const fitted = performance.now();
    const predictions =
      rounds && staged ? staged.predict(state, validation.x, rounds) : [estimator.predict(state, validation.x)];
    return {
      status: 'predicted',
      predictions: predictions.map(({ values, ...of }, stage) => ({
        ...of,
        values: asTargets(targets[stage] ?? null, values),
      })),
      rounds: staged ? staged.count(state) : null,
      fitSeconds: (fitted - began) / 1000,
      predictSeconds: (performance.now() - fitted) / 1000,
      model: keep ? { ...named, preprocessor: { ...preprocessor, target: targets.at(-1) ?? null }, state } : undefined,
    };
  }

  #fitAll({ candidate, draw }: FitJob, hooks: Hooks): FitResult {
    const { model, params, features = [] } = candidate;
    const { declaration, train, all: table = train, seed } = this.#context;
    const task = taskKindOf(declaration);
    const estimator = estimatorNamed(model, task);
    const { encoding, inBlocks, areSingle } = estimator;
    const kept = areSingle ? 'single' : 'small';
    const { preprocessor, ...rows } = fitFeatures({ declaration, table, encoding, inBlocks, kept, features, seed });
    const fitWith = (of: LabelledRows, hooks: Hooks) =>
      estimator.fit({ ...of, params, classes: this.#classes, seed: this.#seed(model, draw), ...hooks });
    const state = fitWith(rows, hooks);
    const folds = () => innerFolds({ declaration, table }, seed);
    const learn = (of: LabelledRows) => fitWith(of, silent(hooks));
    const [target = null] = withoutBias({ estimator, target: preprocessor.target, rows, folds, learn });
    const fitted = { estimator: model, task, params, features, preprocessor: { ...preprocessor, target }, state };
    return { status: 'fitted', model: fitted };
  }

  #seed(model: string, draw?: number): number {
    return candidateSeed(this.#context.seed, model, draw);
  }
}

type Hooks = Pick<Training, 'threads' | 'signal' | 'onRound' | 'onWarning'>;

/** Hooks of a fit beside the one that people follow. */
const silent = ({ threads, signal }: Hooks): Hooks => ({ ...(threads && { threads }), signal });

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

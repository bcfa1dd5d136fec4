import { availableParallelism } from 'node:os';
import { columnOf } from '../data/table.ts';
import type { Training } from '../estimators/estimator.ts';
import { BASELINE, estimatorNamed, paramsOf } from '../estimators/index.ts';
import { type Model, predictTable } from '../estimators/model.ts';
import { fitPreprocessor, transform } from '../features/preprocess.ts';
import type { Evaluated } from '../release/manifest.ts';
import { makeFolds } from './cross-validation.ts';
import { type Candidate, evaluate, failed, rank } from './evaluation.ts';
import { type Scores, score } from './metrics.ts';
import type { Progress } from './progress.ts';
import { FOLDS, type Rows } from './rows.ts';

/** The best candidate, having learned from all training rows; `model` and `holdout` are null where every one has failed. */
export interface Selection {
  /** Best first, those that failed last. */
  readonly leaderboard: readonly Evaluated[];
  readonly baseline: Evaluated;
  readonly model: Model | null;
  readonly holdout: Scores | null;
}

interface Options {
  readonly seed: number;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/**
 * Cross-validates the candidates and the baseline on the training rows, refits the best on all of them, and scores it on
 * the held-out rows, once.
 */
export function choose(candidates: readonly Candidate[], rows: Rows, options: Options): Selection {
  const { seed, onProgress } = options;
  const threads = availableParallelism();
  const folds = makeFolds(rows.declaration, rows.train, FOLDS, seed);
  const baseline = evaluate({ model: BASELINE, params: paramsOf(BASELINE) }, folds, { seed }).entry;
  const entries = candidates.map((candidate) => {
    const tell = teller(candidate, onProgress);
    const { entry, error } = evaluate(candidate, folds, { seed, threads, onFold: tell.fold, onWarning: tell.warned });
    tell.evaluated(entry, error);
    return entry;
  });
  return { baseline, ...refit(entries, rows, { seed, threads, onProgress }) };
}

/** Refits the best; where it cannot be it has failed, like one that fails in a fold, and the next has its turn. */
function refit(
  entries: readonly Evaluated[],
  rows: Rows,
  options: Options & { readonly threads: number },
): Omit<Selection, 'baseline'> {
  const leaderboard = rank(entries);
  const [best, ...others] = leaderboard;
  if (best?.status !== 'scored') return { leaderboard, model: null, holdout: null };
  const tell = teller(best, options.onProgress);
  try {
    tell.fold(null, 0, 0);
    const onRound = (done: number, total: number) => tell.fold(null, done, total);
    const model = fitModel(best, rows, { ...options, onRound, onWarning: tell.warned });
    const holdout = score(columnOf(rows.test, rows.declaration.target), predictTable(model, rows.test));
    return { leaderboard, model, holdout };
  } catch (error) {
    const entry = failed(best, error);
    tell.evaluated(entry, error);
    return refit([entry, ...others], rows, options);
  }
}

function fitModel(
  { model, params }: Candidate,
  { declaration, train }: Rows,
  { seed, ...options }: Pick<Training, 'seed' | 'threads' | 'onRound' | 'onWarning'>,
): Model {
  const estimator = estimatorNamed(model);
  const preprocessor = fitPreprocessor(declaration, train, estimator.encoding);
  const x = transform(preprocessor, train);
  const state = estimator.fit({ x, y: columnOf(train, declaration.target), params, seed, ...options });
  return { estimator: model, params, preprocessor, state };
}

/** Tells of a candidate, and how long it has taken. */
function teller({ model }: Candidate, onProgress: Options['onProgress']) {
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  let hasWarned = false;
  return {
    /** @param fold from 0; null while it learns from all training rows */
    fold: (fold: number | null, done: number, total: number) =>
      onProgress?.({
        stage: 'fitting',
        model,
        fold: fold === null ? null : fold + 1,
        folds: FOLDS,
        done,
        total,
        seconds: seconds(),
      }),
    // Once: what is true of one fold is mostly true of all.
    warned: (message: string) => {
      if (!hasWarned) onProgress?.({ stage: 'warned', model, message });
      hasWarned = true;
    },
    evaluated: (entry: Evaluated, error: unknown) =>
      onProgress?.({ stage: 'evaluated', entry, seconds: seconds(), error }),
  };
}

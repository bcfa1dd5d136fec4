import { DataError } from '../core/errors.ts';
import type { Matrix } from '../core/matrix.ts';
import { createRandom, permutation } from '../core/random.ts';
import type { Declaration } from '../data/declaration.ts';
import { columnOf, type Table, takeRows } from '../data/table.ts';
import type { Estimator } from '../estimators/estimator.ts';
import type { ParamValues } from '../estimators/params.ts';
import { type Encoding, fitPreprocessor, transform } from '../features/preprocess.ts';
import { checkedScores, type Scores, score } from './metrics.ts';

/** One part of cross-validation, encoded by what its own training rows taught. */
interface Fold {
  readonly x: Matrix;
  readonly y: Float64Array;
  readonly validationX: Matrix;
  readonly validationY: Float64Array;
}

/** The folds, as an estimator wants them encoded. */
export type Folds = (encoding: Encoding) => readonly Fold[];

/** Means over the folds; `r2_sd` is the standard deviation of the folds' R². */
export interface CvScores extends Scores {
  readonly r2_sd: number;
}

/** Parts `rows` rows at random into `k` sets whose sizes differ by one at most; each ascending. */
export function partition(rows: number, k: number, seed: number): Uint32Array[] {
  const order = permutation(rows, createRandom(seed));
  return Array.from({ length: k }, (_, fold) => order.filter((_, i) => i % k === fold).sort());
}

/** Prepares `k` folds; preprocessing is fitted within each, so that no validation row leaks into it. */
export function makeFolds(declaration: Declaration, table: Table, k: number, seed: number): Folds {
  const parts = partition(table.rows, k, seed).map((held) => {
    const isHeld = new Uint8Array(table.rows);
    for (const row of held) isHeld[row] = 1;
    const kept = Uint32Array.from({ length: table.rows }, (_, i) => i).filter((i) => isHeld[i] === 0);
    return { train: takeRows(table, kept), validation: takeRows(table, held) };
  });
  const encode = (encoding: Encoding): Fold[] =>
    parts.map(({ train, validation }) => {
      const preprocessor = fitPreprocessor(declaration, train, encoding);
      return {
        x: transform(preprocessor, train),
        y: columnOf(train, declaration.target),
        validationX: transform(preprocessor, validation),
        validationY: columnOf(validation, declaration.target),
      };
    });
  // Of the last encoding only: estimators that share one stand beside each other, and data may be large.
  let last: { key: string; folds: Fold[] } | undefined;
  return (encoding) => {
    const key = Object.values(encoding).join();
    if (last?.key !== key) last = { key, folds: encode(encoding) };
    return last.folds;
  };
}

/** What cross-validation depends on, uses and tells. */
export interface CrossValidation {
  readonly seed: number;
  /** @default 1 */
  readonly threads?: number;
  /** Told as each fold begins, and as its model grows: `done` of `total` rounds, 0 of 0 at first. */
  readonly onFold?: ((fold: number, done: number, total: number) => void) | undefined;
  readonly onWarning?: ((message: string) => void) | undefined;
}

/**
 * Fits and scores an estimator on each fold.
 *
 * @throws DataError where it cannot be fitted, or a score is not finite
 */
export function crossValidate(
  estimator: Estimator,
  params: ParamValues,
  folds: Folds,
  { seed, threads = 1, onFold, onWarning }: CrossValidation,
): CvScores {
  const scores = folds(estimator.encoding).map(({ x, y, validationX, validationY }, fold) => {
    onFold?.(fold, 0, 0);
    const onRound = onFold && ((done: number, total: number) => onFold(fold, done, total));
    const state = estimator.fit({ x, y, params, seed, threads, onRound, onWarning });
    return score(validationY, finite(estimator.predict(state, validationX).values));
  });
  const average = (pick: (scores: Scores) => number) =>
    scores.reduce((sum, fold) => sum + pick(fold), 0) / scores.length;
  const r2 = average((fold) => fold.r2);
  const means = { r2, rmse: average((fold) => fold.rmse), mae: average((fold) => fold.mae) };
  const r2_sd = Math.sqrt(average((fold) => (fold.r2 - r2) ** 2));
  if (!Number.isFinite(r2_sd)) throw new DataError('its R² in some fold is too low to be compared');
  return { ...checkedScores(means), r2_sd };
}

/** The same predictions. @throws DataError where one is not finite */
function finite(predictions: Float64Array): Float64Array {
  const wrong = predictions.find((value) => !Number.isFinite(value));
  if (wrong === undefined) return predictions;
  throw new DataError(`a prediction is ${wrong}: the values are too far from those that were learned from`);
}

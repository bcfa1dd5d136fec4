import { columnOf, type Table, takeRows } from '../data/table.ts';
import type { Declaration } from '../dataset.ts';
import { type Encoding, fitPreprocessor, transform } from '../features/preprocess.ts';
import type { Matrix } from '../matrix.ts';
import { type Scores, score } from '../metrics.ts';
import { createRandom, permutation } from '../random.ts';
import type { ParamValues } from '../regressors/params.ts';
import type { Regressor } from '../regressors/regressor.ts';

/** One part of cross-validation, encoded by what its own training rows taught. */
interface Fold {
  readonly x: Matrix;
  readonly y: Float64Array;
  readonly validationX: Matrix;
  readonly validationY: Float64Array;
}

/** The folds, as a regressor wants them encoded. */
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
  // Of the last encoding only: regressors that share one stand beside each other, and data may be large.
  let last: { key: string; folds: Fold[] } | undefined;
  return (encoding) => {
    const key = Object.values(encoding).join();
    if (last?.key !== key) last = { key, folds: encode(encoding) };
    return last.folds;
  };
}

/** Fits and scores a regressor on each fold. */
export function crossValidate(
  regressor: Regressor,
  params: ParamValues,
  folds: Folds,
  { seed, threads }: { readonly seed: number; readonly threads: number },
): CvScores {
  const scores = folds(regressor.encoding).map(({ x, y, validationX, validationY }) =>
    score(validationY, regressor.predict(regressor.fit(x, y, params, seed, { threads }), validationX)),
  );
  const average = (pick: (scores: Scores) => number) =>
    scores.reduce((sum, fold) => sum + pick(fold), 0) / scores.length;
  const r2 = average((fold) => fold.r2);
  return {
    r2,
    rmse: average((fold) => fold.rmse),
    mae: average((fold) => fold.mae),
    r2_sd: Math.sqrt(average((fold) => (fold.r2 - r2) ** 2)),
  };
}

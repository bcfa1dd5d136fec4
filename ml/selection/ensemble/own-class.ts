// What candidates said of each row's own class: all that a log loss hangs on, however many classes there are.

import { ofOwnClass } from '../../core/own-class.ts';
import { type Predictions, takePredictions } from '../../core/predictions.ts';
import { everySo } from './every-so.ts';
import type { Evidence, FoldEvidence } from './evidence.ts';

/** Some rows of a fold, and what each candidate said of their own classes. */
export interface OwnClasses {
  readonly truth: Float64Array;
  readonly weights: Float64Array | undefined;
  /** Of each candidate, the probability of each row's class. */
  readonly probabilities: readonly Float64Array[];
}

/** Rows of a fold: more would find no other weights. */
const MOST_ROWS = 4000;

export function ownClasses({ folds, candidates }: Evidence, fold: number): OwnClasses {
  const { truth: all, weights } = folds[fold] as FoldEvidence;
  const rows = everySo(all.length, MOST_ROWS);
  const pick = (values: Float64Array) => Float64Array.from(rows, (row) => values[row] as number);
  const truth = pick(all);
  return {
    truth,
    weights: weights && pick(weights),
    probabilities: candidates.map(({ predictions }) =>
      ofOwnClass(truth, takePredictions(predictions[fold] as Predictions, rows)),
    ),
  };
}

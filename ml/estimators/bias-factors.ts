import { copyRows } from '../core/matrix.ts';
import type { PlainData } from '../core/plain-data.ts';
import type { Predictions } from '../core/predictions.ts';
import type { Fold } from '../data/folds.ts';
import type { LogTarget } from '../features/log-target.ts';
import type { Estimator, LabelledRows } from './estimator.ts';

/** Rows by which factors are estimated, where there are so many. */
const ROWS = 2_000;

/** A fit whose targets may be logarithms. */
interface LogarithmicFit {
  readonly estimator: Estimator;
  /** Null where targets are learned as they are. */
  readonly target: LogTarget | null;
  /** What is learned from. */
  readonly rows: LabelledRows;
  /** Splits of these rows. */
  readonly folds: () => readonly Fold[];
  readonly learn: (rows: LabelledRows) => PlainData;
  /** The numbers of rounds to say it for, ascending. @default all of a fit, which is one */
  readonly rounds?: readonly number[] | undefined;
}

/**
 * The way back to targets, for each number of rounds, with the factor by which the exponentials of predictions come to as much as the
 * targets do: the ratio of both sums on rows that a fit did not learn from, since a fit is too close to those that it did. There
 * is a fit for each fold, of as many folds as hold enough rows together; none where targets are learned as they are.
 *
 * Source: Snowdon 1991, Canadian Journal of Forest Research 21(5).
 */
export function withoutBias({ estimator, target, rows, folds, learn, rounds }: LogarithmicFit): (LogTarget | null)[] {
  const { predict, staged } = estimator;
  const truths = new Float64Array(rounds?.length ?? 1);
  if (target === null) return Array.from(truths, () => null);
  const sums = truths.slice();
  let held = 0;
  for (const fold of folds()) {
    if (held >= ROWS) break;
    const learned = copyOf(rows, fold.learned);
    const others = copyOf(rows, fold.held);
    const state = learn(learned);
    const stages = rounds && staged ? staged.predict(state, others.x, rounds) : [predict(state, others.x)];
    stages.forEach((predictions, stage) => {
      const { truth, predicted } = sumsOf(target, others, predictions);
      truths[stage] = (truths[stage] as number) + truth;
      sums[stage] = (sums[stage] as number) + predicted;
    });
    held += fold.held.length;
  }
  return Array.from(truths, (truth, stage) => {
    const factor = truth / (sums[stage] as number);
    return { ...target, factor: Number.isFinite(factor) && factor > 0 ? factor : 1 };
  });
}

/** Both in units of the largest exponential, so that nothing overflows. */
function sumsOf({ lowest, highest }: LogTarget, { y, weights }: LabelledRows, { values }: Predictions) {
  let truth = 0;
  let predicted = 0;
  for (let i = 0; i < y.length; i++) {
    const weight = weights?.[i] ?? 1;
    truth += weight * Math.exp((y[i] as number) - highest);
    predicted += weight * Math.exp(Math.min(0, Math.max(lowest - highest, (values[i] as number) - highest)));
  }
  return { truth, predicted };
}

function copyOf({ x, y, weights, groups, times }: LabelledRows, rows: Uint32Array): LabelledRows {
  const take = (values: Float64Array) => Float64Array.from(rows, (row) => values[row] as number);
  return {
    x: copyRows(x, rows),
    y: take(y),
    weights: weights && take(weights),
    ...(groups && { groups: take(groups) }),
    ...(times && { times: take(times) }),
  };
}

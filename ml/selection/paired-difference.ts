import { ofOwnClass } from '../core/own-class.ts';
import { oneOutput, type Predictions } from '../core/predictions.ts';
import type { Metric } from './metric.ts';

/** How much better one candidate is than another on the same rows, and how sure that is. */
export interface Difference {
  /** By the metric; above 0 where the first is better. */
  readonly gain: number;
  readonly standardError: number;
}

/** Predictions of some rows by two candidates, with what is true of the rows. */
export interface Pair {
  readonly truth: Float64Array;
  readonly weights?: Float64Array | undefined;
  readonly first: Predictions;
  readonly second: Predictions;
}

const BLOCKS = 20;

/**
 * Compares two candidates on the same rows, where the errors that they have in common cancel.
 *
 * The standard error is the jackknife's: rows are put into blocks, and the gain is computed without each of them, so that it suits
 * any metric.
 *
 * Source: Efron and Stein 1981, The jackknife estimate of variance.
 */
export function pairedDifference(given: Metric, between: Pair): Difference {
  const { metric, pair } = byOwnClass(given, between);
  const all = Uint32Array.from({ length: pair.truth.length }, (_, i) => i);
  const blocks = Math.min(BLOCKS, all.length);
  const gains = Array.from({ length: blocks }, (_, block) =>
    gainIn(
      metric,
      pair,
      all.filter((i) => i % blocks !== block),
    ),
  );
  const mean = gains.reduce((sum, gain) => sum + gain, 0) / blocks;
  const squares = gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0);
  return { gain: gainIn(metric, pair, all), standardError: Math.sqrt(((blocks - 1) / blocks) * squares) };
}

/** How much better the first is than the second by the metric in these of the rows, some of them perhaps more than once. */
export function gainIn(metric: Metric, { truth, weights, first, second }: Pair, rows: Uint32Array): number {
  const [y, w] = [pick(truth, rows), weights && pick(weights, rows)];
  const sign = metric.direction === 'higher' ? 1 : -1;
  return sign * (metric.compute(y, rowsOf(first, rows), w) - metric.compute(y, rowsOf(second, rows), w));
}

/** The numbers of the rows. A bootstrap asks for them thousands of times, and a loop takes a third of `Float64Array.from`. */
function pick(values: Float64Array, rows: Uint32Array): Float64Array {
  const some = new Float64Array(rows.length);
  for (let i = 0; i < some.length; i++) some[i] = values[rows[i] as number] as number;
  return some;
}

function rowsOf({ outputs, values }: Predictions, rows: Uint32Array): Predictions {
  if (outputs === 1) return oneOutput(pick(values, rows));
  const some = new Float64Array(rows.length * outputs);
  for (let i = 0; i < rows.length; i++) {
    const from = (rows[i] as number) * outputs;
    for (let k = 0; k < outputs; k++) some[i * outputs + k] = values[from + k] as number;
  }
  return { rows: rows.length, outputs, values: some };
}

/**
 * The same comparison by what each row's own class was given, where the metric hangs on nothing else: as quick for a hundred classes as for
 * two.
 */
export function byOwnClass(metric: Metric, pair: Pair): { readonly metric: Metric; readonly pair: Pair } {
  const { ofOwnClass: scoreOf } = metric;
  if (!scoreOf || pair.first.outputs === 1) return { metric, pair };
  const own = (predictions: Predictions) => oneOutput(ofOwnClass(pair.truth, predictions));
  return {
    metric: { ...metric, compute: (truth, { values }, weights) => scoreOf(truth, values, weights) },
    pair: { ...pair, first: own(pair.first), second: own(pair.second) },
  };
}

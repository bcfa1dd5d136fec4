import { holdOut } from '../../core/hold-out.ts';
import { copyRows } from '../../core/matrix.ts';
import type { RandomStream } from '../../core/random-stream.ts';
import { takeRelations } from '../../core/relations.ts';
import type { Rows } from '../../trees/oblivious/boosting/fitting.ts';
import { countedRows } from '../counted-rows.ts';
import type { AnyParams } from './options.ts';

/**
 * Random rows are held out, of classes of each its share, or the last or latest rows, or whole groups; one row at least is left to learn
 * from.
 */
export function split(
  rows: Rows,
  values: Pick<AnyParams, 'eval_fraction' | 'has_time'>,
  areClasses: boolean,
  random: RandomStream,
): { learned: Rows; held: Rows | null } {
  const count = Math.min(Math.floor(values.eval_fraction * rows.x.rows), rows.x.rows - 1);
  if (count === 0) return { learned: rows, held: null };
  const { groups, times, y } = rows;
  const strata = areClasses && !values.has_time ? y : undefined;
  const { learned, held } = holdOut(rows.x.rows, count, values.has_time ? undefined : random, {
    groups,
    times,
    strata,
  });
  if (held.length === 0) return { learned: rows, held: null };
  return { learned: take(rows, learned), held: take(rows, held) };
}

function take({ x, y, weights, ...relations }: Rows, rows: Uint32Array): Rows {
  const pick = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!);
  return { x: copyRows(x, rows), y: pick(y), weights: weights && pick(weights), ...takeRelations(relations, rows) };
}

/** Up to this factor the weights of rows keep their unit. */
const LARGE_UNIT = 2 ** 64;

/**
 * The rows that have a weight: the reference bins the others too, and counts them in statistics of categories. In what unit weights
 * are decides how strong the noise on scores is, as in the reference; only where float32 might not hold them they are scaled.
 */
export function rowsWithWeight(labelled: Rows): Rows {
  const { x, y, weights, groups, times, strata, unit } = countedRows(labelled);
  const keepsUnit = unit < LARGE_UNIT && unit > 1 / LARGE_UNIT;
  return { x, y, weights: keepsUnit ? weights?.map((weight) => weight / unit) : weights, groups, times, strata };
}

import { DataError } from '../../core/errors.ts';
import { holdOut } from '../../core/hold-out.ts';
import { copyRows, type Matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import type { LabelledRows, Training } from '../estimator.ts';
import type { GrowingParams } from './params.ts';

export const FLOAT32_LIMITS =
  'XGBoost computes in float32, so targets, and how far they are apart, must be below 3.4e38: state them in a larger unit';

/** Rows with their targets as XGBoost has them. */
export interface Rows {
  readonly x: Matrix;
  readonly targets: Float32Array;
  /** Undefined where each is 1. */
  readonly weights: Float32Array | undefined;
}

/** @throws DataError where a target or a weight is too large */
function asFloat32({ x, y, weights }: LabelledRows): Rows {
  const targets = new Float32Array(y);
  const row = targets.findIndex((target) => !Number.isFinite(target));
  if (row !== -1) throw new DataError(`the target of row ${row} is ${y[row]}; ${FLOAT32_LIMITS}`);
  return { x, targets, weights: weights && weightsAsFloat32(weights) };
}

function weightsAsFloat32(weights: Float64Array): Float32Array {
  const rounded = new Float32Array(weights);
  const row = rounded.indexOf(Infinity);
  const remedy = 'XGBoost computes in float32: multiply all weights by the same number, so that they are about 1';
  if (row !== -1) throw new DataError(`the weight of row ${row} is ${weights[row]}; ${remedy}`);
  if (rounded.every((weight) => weight === 0)) throw new DataError(`every weight is below 1e-45; ${remedy}`);
  return rounded;
}

/** The rows to learn from, and those that tell when to stop: the given ones, or, where there are none, some that are held out. */
export function splitRows(
  training: Omit<Training, 'params'>,
  values: GrowingParams,
  random: Random,
): { learned: Rows; held?: Rows } {
  const rows = asFloat32(training);
  const { validation } = training;
  if (values.early_stopping_rounds === null) return { learned: rows };
  if (validation) return { learned: rows, held: asFloat32(validation) };
  const count = Math.floor(rows.x.rows * values.validation_fraction);
  if (count === 0) return { learned: rows };
  const { learned, held } = holdOut(rows.x.rows, count, random, training);
  // Too few rows, or all of one group or time.
  if (held.length === 0) return { learned: rows };
  return { learned: take(rows, learned), held: take(rows, held) };
}

function take({ x, targets, weights }: Rows, rows: Uint32Array): Rows {
  const pick = (from: Float32Array) => Float32Array.from(rows, (row) => from[row]!);
  return { x: copyRows(x, rows), targets: pick(targets), weights: weights && pick(weights) };
}

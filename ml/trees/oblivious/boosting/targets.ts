import { DataError } from '../../../core/errors.ts';

/** The targets that trees are fitted to, and the constant that boosting starts from. */
export interface Targets {
  readonly target: Float64Array;
  readonly start: number;
}

/**
 * As in the reference targets are float32, and their mean too. It refuses targets that are all alike; here they are kept as
 * they are.
 *
 * @throws DataError if float32 does not hold a target, or what tells targets apart.
 */
export function targetsOf(y: Float64Array): Targets {
  const first = y[0]!;
  if (y.every((value) => value === first)) return { target: y, start: first };
  const target = asFloat32(y);
  if (target.every((value) => value === target[0]))
    throw new DataError(
      `CatBoost computes in float32, where all targets are ${target[0]}: subtract what they have in common, or state them in a smaller unit`,
    );
  return { target, start: Math.fround(target.reduce((sum, value) => sum + value, 0) / target.length) };
}

/** @throws DataError if a target is beyond float32. */
export function asFloat32(y: Float64Array): Float64Array {
  const target = new Float64Array(new Float32Array(y));
  const beyond = target.findIndex((value) => !Number.isFinite(value));
  if (beyond !== -1)
    throw new DataError(
      `CatBoost computes in float32, which ends at ±3.4e38; a target is ${y[beyond]}: state targets in a larger unit`,
    );
  return target;
}

import { DataError } from '../../../core/errors.ts';
import type { Matrix } from '../../../core/matrix.ts';
import type { Relations } from '../../../core/relations.ts';
import type { Engine } from '../kernel/engine.ts';

/** Rows, their targets, and how much each counts: above 0, @default 1. */
export interface Rows extends Relations {
  readonly x: Matrix;
  readonly y: Float64Array;
  readonly weights?: Float64Array | undefined;
}

/** What trees are fitted to, and how their leaves are valued. */
export interface Fitting {
  /** As float32. */
  readonly target: Float64Array;
  /** How much each row counts, as float32; the kernel's. Undefined where all count alike. */
  readonly weights: Float64Array | undefined;
  /** The constant that boosting starts from, in each output. */
  readonly start: number;
  /** Added to the weight of a leaf's rows, in means of the rows' weights. */
  readonly l2: number;
  readonly learningRate: number;
  readonly leafIterations: number;
}

/**
 * As in the reference targets are float32, and their mean too. It refuses targets that are all alike; here they are kept as
 * they are.
 *
 * @throws DataError if float32 does not hold a target, or what tells targets apart.
 */
export function targetsOf(
  { y, weights }: Omit<Rows, 'x'>,
  startsFromMean: boolean,
  { arena }: Engine,
): Pick<Fitting, 'target' | 'weights' | 'start'> {
  const first = y[0]!;
  const own = weights && arena.float64(y.length);
  own?.set(new Float32Array(weights!));
  if (y.every((value) => value === first)) return { target: y, weights: own, start: startsFromMean ? first : 0 };
  const target = asFloat32(y);
  if (target.every((value) => value === target[0]))
    throw new DataError(
      `CatBoost computes in float32, where all targets are ${target[0]}: subtract what they have in common, or state them in a smaller unit`,
    );
  return { target, weights: own, start: startsFromMean ? Math.fround(meanOf(target, own)) : 0 };
}

function meanOf(values: Float64Array, weights: Float64Array | undefined): number {
  if (!weights) return values.reduce((sum, value) => sum + value, 0) / values.length;
  // Products are float32, as in the reference.
  return values.reduce((sum, value, i) => sum + Math.fround(weights[i]! * value), 0) / totalOf(weights);
}

export const totalOf = (weights: Float64Array) => weights.reduce((sum, weight) => sum + weight, 0);

/** The mean weight of rows, by which l2 is multiplied: it counts rows of that weight. */
export const meanWeight = (weights: Float64Array | undefined) => (weights ? totalOf(weights) / weights.length : 1);

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

import type { PerOutput, PlacedRows, RowLoss } from '../losses/loss.ts';

export interface LeafEstimation {
  /** The rows by which leaves are valued, and the weight of these. */
  readonly rows: Uint32Array;
  readonly weight: number;
  /** Whether there are no other rows. */
  readonly isWhole: boolean;
  /** In the unit of the weights. */
  readonly l2: number;
  readonly iterations: number;
}

/**
 * The values of leaves: Newton's step from what is predicted so far. With more iterations, another step is made from there,
 * and added if it makes the loss less; or half of it, in the next iteration.
 *
 * Source: CatBoost 1.2, `leaf_estimation_method` Newton, `leaf_estimation_backtracking` AnyImprovement.
 *
 * @returns leaves × outputs
 */
export function estimateLeaves(
  loss: RowLoss,
  raw: PerOutput,
  placed: PlacedRows,
  { rows, weight, isWhole, l2, iterations }: LeafEstimation,
): Float64Array<ArrayBuffer> {
  if (iterations === 1) return loss.steps(rows, raw, placed, l2);
  let values = new Float64Array(placed.leaves * raw.length);
  let point = raw;
  let error = loss.mean(rows, point, weight);
  for (let iteration = 0; iteration < iterations; iteration++) {
    const step = loss.steps(rows, point, placed, l2);
    for (let scale = 1; iteration < iterations; scale /= 2, iteration++) {
      const moved = values.map((value, at) => value + scale * step[at]!);
      // Rounded as in the reference, which adds steps to the predictions of all rows, or to each other where there is a tail.
      const next = isWhole
        ? plus(
            point,
            step.map((value) => scale * value),
            placed.leafOf,
          )
        : plus(raw, moved, placed.leafOf);
      const nextError = loss.mean(rows, next, weight);
      // Not `>=`: what is not a number is no improvement.
      if (!(nextError < error)) continue;
      [values, point, error] = [moved, next, nextError];
      break;
    }
  }
  return values;
}

function plus(raw: PerOutput, values: Float64Array, leafOf: Uint16Array): PerOutput {
  const outputs = raw.length;
  return raw.map((own, output) => own.map((value, row) => value + values[leafOf[row]! * outputs + output]!));
}

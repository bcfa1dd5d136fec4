import type { PerOutput, PlacedRows, TailedLoss } from '../losses/loss.ts';
import type { LeafEstimation } from './leaf-estimation.ts';

/**
 * What a tree adds to the rows of a prefix, where rows of the tail have steps of their own: Newton's steps as in `estimateLeaves`, told
 * good or bad by the rows of the body.
 *
 * Source: CatBoost 1.2, `CalcApproxDeltaMulti`.
 *
 * @param tail the rows behind those by which leaves are valued
 * @returns a number for each row and output
 */
export function estimateTail(
  loss: TailedLoss,
  raw: PerOutput,
  placed: PlacedRows,
  tail: Uint32Array,
  { rows, weight, l2, iterations }: Omit<LeafEstimation, 'isWhole'>,
): PerOutput {
  const { leafOf } = placed;
  const outputs = raw.length;
  const added = raw.map((own) => new Float64Array(own.length));
  let point = raw;
  let error = loss.mean(rows, point, weight);
  for (let iteration = 0; iteration < iterations; iteration++) {
    const step = loss.steps(rows, point, placed, l2);
    const own = loss.tailSteps(rows, tail, point, placed, l2);
    for (let scale = 1; iteration < iterations; scale /= 2, iteration++) {
      const next = point.map((values, output) => {
        const moved = values.slice();
        for (const row of rows) moved[row]! += scale * step[leafOf[row]! * outputs + output]!;
        tail.forEach((row, at) => {
          moved[row]! += own[at * outputs + output]!;
        });
        return moved;
      });
      const nextError = loss.mean(rows, next, weight);
      if (iterations > 1 && !(nextError < error)) continue;
      [point, error] = [next, nextError];
      break;
    }
  }
  added.forEach((values, output) => {
    for (let row = 0; row < values.length; row++) values[row] = point[output]![row]! - raw[output]![row]!;
  });
  return added;
}

import type { Predictions } from './predictions.ts';

/** The index of each row's most probable class; of equally probable ones the first. */
export function mostProbable({ rows, outputs, values }: Predictions): Uint32Array {
  const classes = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) {
    let best = 0;
    for (let k = 1; k < outputs; k++)
      if ((values[row * outputs + k] as number) > (values[row * outputs + best] as number)) best = k;
    classes[row] = best;
  }
  return classes;
}

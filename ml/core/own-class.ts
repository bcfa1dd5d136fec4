import type { Predictions } from './predictions.ts';

/** How probable each row was said to be of the class that it is of. @param truth the index of each row's class */
export function ofOwnClass(truth: Float64Array, { outputs, values }: Predictions): Float64Array {
  return truth.map((k, row) => values[row * outputs + k] as number);
}

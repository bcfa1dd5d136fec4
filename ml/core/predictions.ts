import { joinNumbers } from './join-arrays.ts';

/** What a model says of some rows: one number each for a numeric target, a probability for each class of any other. */
export interface Predictions {
  readonly rows: number;
  /** How many numbers a row has. */
  readonly outputs: number;
  /** rows × outputs, row-major: output k of row i is `values[i * outputs + k]`. */
  readonly values: Float64Array;
}

/** One number for each row, which become the predictions without a copy. */
export function oneOutput(values: Float64Array): Predictions {
  return { rows: values.length, outputs: 1, values };
}

/** Some of the rows, in their order there. */
export function takePredictions({ outputs, values }: Predictions, chosen: Uint32Array): Predictions {
  const taken = new Float64Array(chosen.length * outputs);
  for (const [i, row] of chosen.entries()) taken.set(values.subarray(row * outputs, (row + 1) * outputs), i * outputs);
  return { rows: chosen.length, outputs, values: taken };
}

/** The probabilities of two classes, by those of class 1. */
export function twoClasses(ones: Float64Array): Predictions {
  const values = new Float64Array(2 * ones.length);
  for (let i = 0; i < ones.length; i++) {
    values[2 * i] = 1 - (ones[i] as number);
    values[2 * i + 1] = ones[i] as number;
  }
  return { rows: ones.length, outputs: 2, values };
}

/** The rows of several, after each other. */
export function joinPredictions(parts: readonly Predictions[]): Predictions {
  return {
    rows: parts.reduce((rows, part) => rows + part.rows, 0),
    outputs: parts[0]?.outputs ?? 0,
    values: joinNumbers(parts.map(({ values }) => values)),
  };
}

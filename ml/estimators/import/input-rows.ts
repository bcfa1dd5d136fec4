import type { Matrix } from '../../core/matrix.ts';
import { type FeatureSource, featureReader } from './imported-state.ts';
import { inputFiller, type ModelInput } from './model-input.ts';

/** Numbers that are made at a time: 32 MB. */
const MOST_NUMBERS = 2 ** 22;

const fillers = new WeakMap<readonly ModelInput[], readonly ((values: Float64Array, at: number) => number)[]>();

/** A function that writes the inputs of a row of `x`, those that a model's trees or weights look at, into as many numbers. */
export function inputReader(
  inputs: readonly ModelInput[],
  sources: readonly FeatureSource[],
  x: Matrix,
): (row: number, into: Float64Array | Float32Array) => void {
  const known = fillers.get(inputs) ?? inputs.map(inputFiller);
  fillers.set(inputs, known);
  const read = featureReader(sources, x);
  const values = new Float64Array(sources.length);
  return (row, into) => {
    read(row, values);
    for (let k = 0; k < known.length; k++) into[k] = known[k]!(values, 0);
  };
}

/** Visits the inputs of all rows of `x`, some rows at a time. */
export function eachInputs(
  inputs: readonly ModelInput[],
  sources: readonly FeatureSource[],
  x: Matrix,
  visit: (some: Matrix, first: number) => void,
): void {
  const columns = inputs.length;
  const most = Math.max(1, Math.floor(MOST_NUMBERS / Math.max(1, columns)));
  const write = inputReader(inputs, sources, x);
  for (let first = 0; first < x.rows; first += most) {
    const rows = Math.min(most, x.rows - first);
    const data = new Float64Array(rows * columns);
    for (let i = 0; i < rows; i++) write(first + i, data.subarray(i * columns, (i + 1) * columns));
    visit({ rows, columns, data }, first);
  }
}

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
  const { ofSets, others } = partsOf(inputs);
  return (row, into) => {
    read(row, values);
    for (const k of others) into[k] = known[k]!(values, 0);
    for (const { feature, places, answers } of ofSets) {
      const value = values[feature]!;
      let own = answers.get(value);
      if (!own) {
        own = Float32Array.from(places, (k) => known[k]!(values, 0));
        if (answers.size < MOST_ANSWERS) answers.set(value, own);
      }
      for (let k = 0; k < places.length; k++) into[places[k]!] = own[k]!;
    }
  };
}

/** Inputs that ask whether one feature is in a set, and what they answer to its values so far. */
interface SetsOfFeature {
  readonly feature: number;
  readonly places: Int32Array;
  readonly answers: Map<number, Float32Array>;
}

/** Values of a category whose answers are kept. */
const MOST_ANSWERS = 1024;

const parts = new WeakMap<
  readonly ModelInput[],
  { readonly ofSets: readonly SetsOfFeature[]; readonly others: Int32Array }
>();

/** A model of many trees may have a set for each of thousands of splits, and a category few values: each is looked up once. */
function partsOf(inputs: readonly ModelInput[]) {
  const done = parts.get(inputs);
  if (done) return done;
  const byFeature = new Map<number, number[]>();
  const others: number[] = [];
  inputs.forEach((input, k) => {
    if (input.kind !== 'set') others.push(k);
    else {
      const own = byFeature.get(input.feature);
      if (own) own.push(k);
      else byFeature.set(input.feature, [k]);
    }
  });
  const ofSets = [...byFeature].map(([feature, places]) => ({
    feature,
    places: Int32Array.from(places),
    answers: new Map<number, Float32Array>(),
  }));
  const made = { ofSets, others: Int32Array.from(others) };
  parts.set(inputs, made);
  return made;
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

/**
 * The values of a column as they lie in memory: in the smallest array that holds each of them exactly. What is missing is NaN
 * among floats, and among whole numbers a code that no value of the column has.
 */
export type ColumnValues = Float64Array | Float32Array | Int32Array | Uint16Array | Uint8Array;

/** An array of whole numbers, and what it holds. */
interface WholeStorage {
  readonly bytes: number;
  readonly min: number;
  readonly max: number;
  /** What stands for a missing value. */
  readonly missing: number;
  over(buffer: ArrayBufferLike): ColumnValues;
}

/** The smallest first. */
const wholeStorages: readonly WholeStorage[] = [
  { bytes: 1, min: 0, max: 0xfe, missing: 0xff, over: (buffer) => new Uint8Array(buffer) },
  { bytes: 2, min: 0, max: 0xfffe, missing: 0xffff, over: (buffer) => new Uint16Array(buffer) },
  { bytes: 4, min: 1 - 2 ** 31, max: 2 ** 31 - 1, missing: -(2 ** 31), over: (buffer) => new Int32Array(buffer) },
];

/** What values have in common, as far as it decides how they are stored; those that are missing do not count. */
export interface Extent {
  readonly min: number;
  readonly max: number;
  /** Whether each is a whole number; −0 is none, since no array of whole numbers has it. */
  readonly areWhole: boolean;
  /** Whether float32 holds each exactly. */
  readonly areSingle: boolean;
}

export const NO_VALUES: Extent = { min: Infinity, max: -Infinity, areWhole: true, areSingle: true };

export function extentOf(values: Float64Array): Extent {
  let { min, max, areWhole, areSingle } = NO_VALUES;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (Number.isNaN(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
    areWhole &&= Number.isInteger(value) && !Object.is(value, -0);
    areSingle &&= Math.fround(value) === value;
  }
  return { min, max, areWhole, areSingle };
}

/** The extent of two lots of values together. */
export function unionOf(one: Extent, other: Extent): Extent {
  return {
    min: Math.min(one.min, other.min),
    max: Math.max(one.max, other.max),
    areWhole: one.areWhole && other.areWhole,
    areSingle: one.areSingle && other.areSingle,
  };
}

/** The smallest array that holds `length` values of an extent, on memory that threads share. */
export function allocateFor({ min, max, areWhole, areSingle }: Extent, length: number): ColumnValues {
  const whole = areWhole ? wholeStorages.find((each) => min >= each.min && max <= each.max) : undefined;
  if (whole) return whole.over(new SharedArrayBuffer(length * whole.bytes));
  return areSingle
    ? new Float32Array(new SharedArrayBuffer(length * Float32Array.BYTES_PER_ELEMENT))
    : new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT));
}

/** Values in the smallest array that holds each of them exactly. */
export function smallestFor(values: Float64Array): ColumnValues {
  const stored = allocateFor(extentOf(values), values.length);
  storeInto(stored, 0, values);
  return stored;
}

/** What stands for a missing value; NaN of floats. */
export function missingCode(values: ColumnValues): number {
  if (values instanceof Float64Array || values instanceof Float32Array) return Number.NaN;
  return (wholeStorages.find(({ bytes }) => bytes === values.BYTES_PER_ELEMENT) as WholeStorage).missing;
}

/** Stores values, NaN where one is missing, from a place on in an array that holds their extent. */
export function storeInto(target: ColumnValues, at: number, values: Float64Array): void {
  target.set(values, at);
  const missing = missingCode(target);
  if (Number.isNaN(missing)) return;
  // A whole number of NaN is 0.
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) target[at + i] = missing;
}

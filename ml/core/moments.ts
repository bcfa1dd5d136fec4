/** The mean and the standard deviation of a population. */
export interface Moments {
  readonly mean: number;
  /** 0 only where all values are the same. */
  readonly deviation: number;
}

/**
 * The moments of at least one finite number, of any size: nothing overflows, nothing vanishes, and an offset costs no
 * digits of the deviation.
 *
 * Constancy is found by comparing the values; a mean is rounded, and the distance of a constant from it may not be 0.
 * Source: Chan, Golub and LeVeque 1983, The American Statistician 37(3) (two passes, corrected).
 *
 * @param weights how often each number counts: finite, at least 0, not all 0. @default once each
 */
export function momentsOf(values: Float64Array, weights?: Float64Array): Moments {
  if (weights?.includes(0)) return momentsOf(...thoseThatCount(values, weights));
  if (isConstant(values)) return { mean: values[0] as number, deviation: 0 };
  const unit = unitOf(largestSize(values));
  const weightUnit = weights ? unitOf(largestSize(weights)) : 1;
  const mean = scaledMean(values, unit, weights);
  let total = 0;
  let squares = 0;
  let rest = 0;
  for (let i = 0; i < values.length; i++) {
    const weight = weights ? (weights[i] as number) * weightUnit : 1;
    const distance = (values[i] as number) * unit - mean;
    total += weight;
    squares += weight * distance * distance;
    rest += weight * distance;
  }
  const variance = (squares - (rest * rest) / total) / total;
  // Half of the smallest number is rounded to 0.
  return { mean: mean / unit, deviation: Math.max(Math.sqrt(variance) / unit, Number.MIN_VALUE) };
}

/**
 * The mean of at least one finite number; of numbers that are all the same it is that number.
 *
 * @param weights as of `momentsOf`
 */
export function meanOf(values: Float64Array, weights?: Float64Array): number {
  if (weights?.includes(0)) return meanOf(...thoseThatCount(values, weights));
  const unit = unitOf(largestSize(values));
  return scaledMean(values, unit, weights) / unit;
}

/** Whether all values are the same; −0 is 0. */
export function isConstant(values: Float64Array): boolean {
  for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return false;
  return true;
}

/** The largest absolute value; NaN where one is NaN. */
export function largestSize(values: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i] as number));
  return largest;
}

/**
 * The power of two that brings numbers of this size close to 1, so that their squares and sums neither overflow nor
 * vanish. To multiply by it rounds nothing, and to divide by it nothing but subnormal numbers.
 */
export function unitOf(size: number): number {
  return size === 0 ? 1 : 2 ** Math.min(1000, -Math.floor(Math.log2(size)));
}

/** Counted from the first value: a constant is its own mean, and of an offset no digits are lost. */
function scaledMean(values: Float64Array, unit: number, weights?: Float64Array): number {
  const first = (values[0] as number) * unit;
  const weightUnit = weights ? unitOf(largestSize(weights)) : 1;
  let total = 0;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const weight = weights ? (weights[i] as number) * weightUnit : 1;
    total += weight;
    sum += weight * ((values[i] as number) * unit - first);
  }
  return first + sum / total;
}

/** A number of weight 0 may be far larger than the others: their digits do not hang on it. */
function thoseThatCount(values: Float64Array, weights: Float64Array): [Float64Array, Float64Array] {
  return [values.filter((_, i) => weights[i] !== 0), weights.filter((weight) => weight !== 0)];
}

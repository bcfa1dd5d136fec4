// Numbers of which is asked whether they follow from others to the last digit.

/** A column of numbers, and how exactly they are written. */
export interface Numbers {
  /** NaN is not known. */
  readonly values: Float64Array;
  /** The unit of the last decimal: 0.01 of amounts with cents; 0 where there are very many decimals. */
  readonly digit: number;
  /** The largest without its sign, and the standard deviation. */
  readonly largest: number;
  readonly spread: number;
}

/** More decimals are those of a computation, not of rounding. */
const MOST_DECIMALS = 8;
/** What is lost by rounding is that share of how far the numbers are apart at most, else only what is exact counts. */
const FINE = 0.02;
/** What is lost by adding up doubles. */
const DOUBLES = 1e-9;

export function numbersOf(values: Float64Array): Numbers {
  const known = values.filter((value) => !Number.isNaN(value));
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const variance = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length;
  return {
    values,
    digit: lastDigit(known),
    largest: known.reduce((most, value) => Math.max(most, Math.abs(value)), 0),
    spread: Math.sqrt(variance),
  };
}

function lastDigit(values: Float64Array): number {
  for (let decimals = 0; decimals <= MOST_DECIMALS; decimals++) {
    const scale = 10 ** decimals;
    if (values.every((value) => Math.abs(value * scale - Math.round(value * scale)) < 1e-5)) return 1 / scale;
  }
  return 0;
}

/**
 * How far a number may be from what it is said to be: what is lost by rounding it, and what it is made of.
 *
 * @param rounded what is lost of that, and its largest value
 */
export function toleranceOf({ digit, largest, spread }: Numbers, rounded: number, most: number): number {
  const lost = (digit + rounded) / 2;
  const doubles = DOUBLES * (largest + most);
  return lost <= FINE * spread ? lost * (1 + 1e-6) + doubles : doubles;
}

/** The most frequent value. */
export function mostFrequent(values: readonly number[]): number {
  const counts = new Map<number, number>();
  let [frequent, most] = [Number.NaN, 0];
  for (const value of values) {
    const count = (counts.get(value) ?? 0) + 1;
    counts.set(value, count);
    if (count > most) [frequent, most] = [value, count];
  }
  return frequent;
}

/** A factor, or a number beside it, for people and with as few digits as it is good for. */
export const inFewDigits = (value: number, digits: number): number => Number(value.toPrecision(digits));

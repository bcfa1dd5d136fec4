import { Derived } from '../../core/derived.ts';
import { DataError } from '../../core/errors.ts';
import { columnName, eachBlock, type Matrix } from '../../core/matrix.ts';
import { oneOutput, type Predictions } from '../../core/predictions.ts';
import { type Contributions, ofOneOutput } from '../contributions.ts';
import type { Gram, GramRows } from './gram.ts';

/** What every linear estimator learns. */
export type LinearState = {
  readonly intercept: number;
  /** One a column. */
  readonly coefficients: readonly number[];
  /** The mean of each column over the training rows, each by its weight. @default not known: models of before 0.5.0 lack them */
  readonly means?: readonly number[];
};

/**
 * The model with these coefficients, in the units of the Gram matrix; its intercept makes up for the means that were left out.
 *
 * @throws DataError where a coefficient is too large for a double
 */
export function linearState(rows: Omit<GramRows, 'y'>, gram: Gram, scaled: Float64Array): LinearState {
  const { x } = rows;
  const { columns, means, xUnit, yUnit } = gram;
  let intercept = means[columns]!;
  // Half by half: one step alone might overflow, or vanish, where both do not.
  const exponent = Math.log2(xUnit) - Math.log2(yUnit);
  const half = Math.trunc(exponent / 2);
  const coefficients = Array.from(scaled, (coefficient) => coefficient * 2 ** half * 2 ** (exponent - half));
  for (let j = 0; j < columns; j++) intercept -= coefficients[j]! * means[j]!;
  if (Number.isFinite(intercept))
    return { intercept, coefficients, means: meansOf.of(gram, [], () => columnMeans(rows, gram)) };
  const worst = coefficients.reduce(
    (worst, value, j) => (Math.abs(value) > Math.abs(coefficients[worst]!) ? j : worst),
    0,
  );
  throw new DataError(
    `the coefficients are beyond what a number can hold, that of ${columnName(x, worst)} the most; take other units for it or the target`,
  );
}

// Fits with other penalties have the same.
const meansOf = new Derived<Gram, readonly number[]>();

/** The means of the columns: those by which the Gram matrix was centred; without an intercept, by which it was not. */
function columnMeans({ x, weights }: Omit<GramRows, 'y'>, { columns, means }: Gram): number[] {
  if (means.some((mean) => mean !== 0)) return Array.from(means.subarray(0, columns));
  const sums = new Float64Array(columns);
  let total = 0;
  eachBlock(x, (data, start, first, count) => {
    for (let i = first, at = start; i < first + count; i++) {
      const weight = weights?.[i] ?? 1;
      total += weight;
      // Step by step, since a sum might overflow.
      for (let j = 0; j < columns; j++, at++) sums[j]! += (data[at]! - sums[j]!) * (weight / total);
    }
  });
  return Array.from(sums);
}

/** @param state whose coefficients are one a column */
export function predictLinear(state: LinearFunction, x: Matrix): Predictions {
  const coefficients = doublesOf.of(state, [], () => Float64Array.from(state.coefficients));
  const predictions = new Float64Array(x.rows);
  eachBlock(x, (data, start, first, count) => {
    for (let i = first, at = start; i < first + count; i++) {
      let sum = state.intercept;
      for (let j = 0; j < x.columns; j++, at++) sum += data[at]! * coefficients[j]!;
      predictions[i] = sum;
    }
  });
  return oneOutput(predictions);
}

// Of one row they take longer to copy than to use.
const doublesOf = new Derived<LinearFunction, Float64Array>();

interface LinearFunction {
  readonly intercept: number;
  readonly coefficients: ArrayLike<number>;
}

/** Of each column: how far its value is from the mean of the training rows, times its coefficient. */
export function linearContributions({ intercept, coefficients, means }: LinearState, x: Matrix): Contributions | null {
  if (means === undefined) return null;
  const values = new Float64Array(x.data.length);
  for (let i = 0, at = 0; i < x.rows; i++) {
    for (let j = 0; j < x.columns; j++, at++) values[at] = coefficients[j]! * (x.data[at]! - means[j]!);
  }
  const base = coefficients.reduce((sum, coefficient, j) => sum + coefficient * means[j]!, intercept);
  return ofOneOutput({ rows: x.rows, columns: x.columns, base, values });
}

import { DataError } from '../../core/errors.ts';
import { columnName, type Matrix } from '../../core/matrix.ts';
import { oneOutput, type Predictions } from '../../core/predictions.ts';
import type { Gram } from './gram.ts';

/** What every linear estimator learns. */
export type LinearState = {
  readonly intercept: number;
  /** One a column. */
  readonly coefficients: readonly number[];
};

/**
 * The model with these coefficients, in the units of the Gram matrix; its intercept makes up for the means that were left out.
 *
 * @throws DataError where a coefficient is too large for a double
 */
export function linearState(x: Matrix, { columns, means, xUnit, yUnit }: Gram, scaled: Float64Array): LinearState {
  let intercept = means[columns]!;
  // Half by half: one step alone might overflow, or vanish, where both do not.
  const exponent = Math.log2(xUnit) - Math.log2(yUnit);
  const half = Math.trunc(exponent / 2);
  const coefficients = Array.from(scaled, (coefficient) => coefficient * 2 ** half * 2 ** (exponent - half));
  for (let j = 0; j < columns; j++) intercept -= coefficients[j]! * means[j]!;
  if (Number.isFinite(intercept)) return { intercept, coefficients };
  const worst = coefficients.reduce(
    (worst, value, j) => (Math.abs(value) > Math.abs(coefficients[worst]!) ? j : worst),
    0,
  );
  throw new DataError(
    `the coefficients are beyond what a number can hold, that of ${columnName(x, worst)} the most; take other units for it or the target`,
  );
}

export function predictLinear(state: LinearState, x: Matrix): Predictions {
  const coefficients = Float64Array.from(state.coefficients);
  const predictions = new Float64Array(x.rows);
  for (let i = 0, at = 0; i < x.rows; i++) {
    let sum = state.intercept;
    for (let j = 0; j < x.columns; j++, at++) sum += x.data[at]! * coefficients[j]!;
    predictions[i] = sum;
  }
  return oneOutput(predictions);
}

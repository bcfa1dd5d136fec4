import type { Matrix } from '../matrix.ts';
import type { Gram } from './gram.ts';

/** What every linear regressor learns. */
export interface LinearState {
  readonly [key: string]: number | readonly number[];
  readonly intercept: number;
  /** One a column. */
  readonly coefficients: readonly number[];
}

/** The model with these coefficients, whose intercept makes up for the means that the Gram matrix left out. */
export function linearState({ columns, means }: Gram, coefficients: Float64Array): LinearState {
  let intercept = means[columns]!;
  for (let j = 0; j < columns; j++) intercept -= coefficients[j]! * means[j]!;
  return { intercept, coefficients: Array.from(coefficients) };
}

export function predictLinear(state: LinearState, x: Matrix): Float64Array {
  const coefficients = Float64Array.from(state.coefficients);
  const predictions = new Float64Array(x.rows);
  for (let i = 0, at = 0; i < x.rows; i++) {
    let sum = state.intercept;
    for (let j = 0; j < x.columns; j++, at++) sum += x.data[at]! * coefficients[j]!;
    predictions[i] = sum;
  }
  return predictions;
}

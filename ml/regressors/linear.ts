import { MultivariateLinearRegression } from 'ml-regression';
import { rowOf } from '../matrix.ts';
import { independentColumns } from './independent-columns.ts';
import type { Regressor } from './regressor.ts';

interface LinearState {
  readonly [key: string]: number | number[];
  readonly intercept: number;
  readonly coefficients: number[];
}

/**
 * Ordinary least squares with an intercept, by ml-regression.
 *
 * ml-regression inverts XᵀX, which a full set of one-hot columns makes singular: what comes back
 * is then rounding. So it is given independent columns, and the others' coefficients are 0; the
 * predictions are those of any other solution.
 */
export const linear: Regressor<Record<never, never>, LinearState> = {
  title: 'Linear regression',
  params: {},
  fit(x, y) {
    const chosen = independentColumns(x);
    const rows = Array.from({ length: x.rows }, (_, i) => {
      const row = rowOf(x, i);
      return chosen.map((j) => row[j] as number);
    });
    const targets = Array.from(y, (value) => [value]);
    const { weights } = new MultivariateLinearRegression(rows, targets, { statistics: false });
    const coefficients = new Array<number>(x.columns).fill(0);
    chosen.forEach((j, at) => {
      coefficients[j] = weights[at]?.[0] as number;
    });
    return { intercept: weights.at(-1)?.[0] as number, coefficients };
  },
  predict({ intercept, coefficients }, x) {
    return Float64Array.from({ length: x.rows }, (_, i) =>
      rowOf(x, i).reduce((sum, value, j) => sum + value * (coefficients[j] as number), intercept),
    );
  },
};

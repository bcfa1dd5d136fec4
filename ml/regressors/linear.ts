import { MultivariateLinearRegression } from 'ml-regression';
import { rowOf } from '../matrix.ts';
import type { Regressor } from './regressor.ts';
import { triangularFactor } from './triangular-factor.ts';

interface LinearState {
  readonly [key: string]: number | readonly number[];
  readonly intercept: number;
  readonly coefficients: readonly number[];
}

/**
 * Ordinary least squares with an intercept, by ml-regression.
 *
 * ml-regression inverts XᵀX, which a full set of one-hot columns makes singular, and copies its rows
 * several times. So it solves the triangular factor instead: independent columns only, as few
 * rows, the same coefficients. Those of the columns left out are 0, and the predictions are
 * those of any other solution.
 */
export const linear: Regressor<Record<never, never>, LinearState> = {
  title: 'Linear regression',
  params: {},
  encoding: { categories: 'one-hot', numbers: 'scaled', missing: 'imputed' },
  fit(x, y) {
    const { columns, rows, targets, means, targetMean } = triangularFactor(x, y);
    const coefficients = new Array<number>(x.columns).fill(0);
    if (columns.length > 0) {
      const options = { intercept: false, statistics: false };
      const { weights } = new MultivariateLinearRegression(
        rows,
        targets.map((target) => [target]),
        options,
      );
      columns.forEach((j, at) => {
        coefficients[j] = weights[at]?.[0] as number;
      });
    }
    const intercept = coefficients.reduce((rest, value, j) => rest - value * (means[j] as number), targetMean);
    return { intercept, coefficients };
  },
  predict({ intercept, coefficients }, x) {
    return Float64Array.from({ length: x.rows }, (_, i) =>
      rowOf(x, i).reduce((sum, value, j) => sum + value * (coefficients[j] as number), intercept),
    );
  },
};

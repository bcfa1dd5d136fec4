import type { Matrix } from '../../core/matrix.ts';
import type { Predictions } from '../../core/predictions.ts';
import type { Contributions } from '../contributions.ts';
import { logistic } from '../losses/log-loss.ts';
import { softmaxRows } from '../losses/softmax.ts';
import type { Design } from './design.ts';

/** A line for each output: of two classes for the second one's log-odds, of several for the margin of each. */
export type LogisticState = {
  readonly intercepts: Float64Array;
  /** outputs × columns. */
  readonly coefficients: Float64Array;
  /** The mean of each column over the training rows, each by its weight. */
  readonly means: Float64Array;
};

/**
 * The model with these coefficients, in the units of the columns.
 *
 * @param point as of `CrossEntropy`
 */
export function logisticState({ columns, order, units, shifts, means }: Design, point: Float64Array): LogisticState {
  const outputs = point.length / (columns + 1);
  const coefficients = new Float64Array(outputs * columns);
  const intercepts = point.slice(columns * outputs);
  const ownMeans = new Float64Array(columns);
  order.forEach((j, place) => {
    ownMeans[j] = means[place]!;
    for (let k = 0; k < outputs; k++) {
      const coefficient = point[place * outputs + k]!;
      coefficients[k * columns + j] = coefficient * units[place]!;
      intercepts[k]! -= coefficient * shifts[place]!;
    }
  });
  return { intercepts, coefficients, means: ownMeans };
}

export function predictLogistic({ intercepts, coefficients }: Omit<LogisticState, 'means'>, x: Matrix): Predictions {
  const { rows, columns, data } = x;
  const outputs = intercepts.length;
  const classes = Math.max(outputs, 2);
  const values = new Float64Array(rows * classes);
  for (let i = 0; i < rows; i++) {
    const own = values.subarray(i * classes, (i + 1) * classes);
    for (let k = 0; k < outputs; k++) {
      let margin = intercepts[k]!;
      for (let j = 0, at = i * columns; j < columns; j++, at++) margin += data[at]! * coefficients[k * columns + j]!;
      own[k] = margin;
    }
    if (outputs > 1) softmaxRows(own, outputs);
    else {
      const margin = own[0]!;
      own[0] = logistic(-margin);
      own[1] = logistic(margin);
    }
  }
  return { rows, outputs: classes, values };
}

/** Of each column: how far its value is from the mean of the training rows, times its coefficient. */
export function logisticContributions({ intercepts, coefficients, means }: LogisticState, x: Matrix): Contributions {
  const { rows, columns, data } = x;
  const outputs = intercepts.length;
  const values = new Float64Array(rows * outputs * columns);
  for (let i = 0, to = 0; i < rows; i++) {
    for (let k = 0; k < outputs; k++) {
      for (let j = 0; j < columns; j++, to++)
        values[to] = coefficients[k * columns + j]! * (data[i * columns + j]! - means[j]!);
    }
  }
  const bases = intercepts.map((intercept, k) =>
    means.reduce((sum, mean, j) => sum + coefficients[k * columns + j]! * mean, intercept),
  );
  return { rows, columns, outputs, bases, values, scale: 'log-odds' };
}

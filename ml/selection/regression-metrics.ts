import { momentsOf } from '../core/moments.ts';
import { r2Of, regressionScores } from '../core/regression-scores.ts';
import type { Metric } from './metric.ts';

type Figure = keyof ReturnType<typeof regressionScores>;

const compute =
  (figure: Figure): Metric['compute'] =>
  (truth, predictions, weights) =>
    regressionScores(truth, predictions.values, weights)[figure];

/** The share of the truth's variance that predictions explain: 1 is perfect, 0 no better than the mean. */
export const r2: Metric = {
  name: 'r2',
  title: 'R²',
  direction: 'higher',
  unit: 'none',
  best: 1,
  digits: 4,
  compute: compute('r2'),
  ofRmse: (truth, weights) => {
    const { deviation } = momentsOf(truth, weights);
    return (rmse) => r2Of(rmse, deviation);
  },
};

/** The root of the mean squared error. */
export const rmse: Metric = {
  name: 'rmse',
  title: 'RMSE',
  direction: 'lower',
  unit: 'target',
  best: 0,
  digits: 3,
  compute: compute('rmse'),
  ofRmse: () => (rmse) => rmse,
};

/** The mean absolute error. */
export const mae: Metric = {
  name: 'mae',
  title: 'MAE',
  direction: 'lower',
  unit: 'target',
  best: 0,
  digits: 3,
  compute: compute('mae'),
};

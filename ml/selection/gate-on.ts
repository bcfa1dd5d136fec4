import { isBetter, type Metric } from './metric.ts';
import type { Gate } from './task.ts';

/** How much worse than the release in use a model may be by a metric that has no unit. */
const TOLERANCE = 0.01;
/** In the unit of the target: so much of the threshold. */
const TOLERATED_SHARE = 0.01;

/** The gate on a metric that somebody names in place of the task's own: it has no threshold that suits every data set. */
export function gateOn(metric: Metric): Gate {
  return {
    metric,
    threshold: null,
    tolerance: (threshold) => (metric.unit === 'target' ? TOLERATED_SHARE * Math.abs(threshold) : TOLERANCE),
    lowerThreshold: (score) => reachedBy(metric, score),
  };
}

/** A number of two digits that a score reaches. */
function reachedBy(metric: Metric, score: number): number {
  const rounded = Number(score.toPrecision(2));
  if (!isBetter(metric, rounded, score)) return rounded;
  const step = 10 ** (Math.floor(Math.log10(Math.abs(score))) - 1);
  return Number((rounded + (metric.direction === 'higher' ? -step : step)).toPrecision(2));
}

import { mae, r2, rmse } from '../regression-metrics.ts';
import type { Task } from '../task.ts';

/** A numeric target. */
export const regression: Task = {
  kind: 'regression',
  metrics: [r2, rmse, mae],
  shown: [r2, rmse, mae],
  objective: r2,
  typicalError: mae,
  baseline: { model: 'mean', does: 'predicting the mean' },
  gate: {
    metric: r2,
    threshold: 0.6,
    tolerance: () => 0.01,
    // Below 0 it is worse than the mean of the held-out rows.
    lowerThreshold: (score) => (score >= 0 ? Math.floor(score * 10) / 10 : null),
  },
};

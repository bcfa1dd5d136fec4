import { accuracy, balancedAccuracy, f1 } from '../metrics/decisions.ts';
import { brier, logLoss, skillOver } from '../metrics/probabilities.ts';
import { averagePrecisionOf, rocAuc } from '../metrics/rankings.ts';
import type { Task } from '../task.ts';

/** A categorical target: `binary` of two levels, `multiclass` of more. */
type ClassTaskKind = 'binary' | 'multiclass';

/** What metrics ask of the classes; without it nothing can be scored by them. */
interface Classes {
  readonly shares: readonly number[];
  /** The class of interest of two, by its index; null of several. */
  readonly positive: number | null;
}

/** The task to predict the probability of each class, of which the true one should have much. */
export function classTask(kind: ClassTaskKind, classes?: Classes): Task {
  const skill = skillOver(classes?.shares);
  const averagePrecision = averagePrecisionOf(classes?.positive ?? null);
  return {
    kind,
    metrics: [logLoss, skill, brier, accuracy, balancedAccuracy, f1, rocAuc, averagePrecision],
    shown: [logLoss, skill, accuracy, rocAuc],
    objective: logLoss,
    baseline: { model: 'class_shares', does: 'predicting the shares of the classes' },
    gate: {
      metric: skill,
      threshold: 0.05,
      tolerance: () => 0.01,
      // Below 0 it is worse than the shares of the classes.
      lowerThreshold: (score) => (score >= 0 ? Math.floor(score * 100) / 100 : null),
    },
  };
}

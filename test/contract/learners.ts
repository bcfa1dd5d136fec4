import type { Predictions } from '../../ml/core/predictions.ts';
import { regressionScores } from '../../ml/core/regression-scores.ts';
import type { TaskKind } from '../../ml/data/task-kind.ts';
import type { Estimator } from '../../ml/estimators/estimator.ts';
import { estimatorNamed, estimatorNamesOf } from '../../ml/estimators/index.ts';
import { meanLogLoss } from '../reference/log-loss.ts';

/** An estimator, and what it is to learn. */
export interface Learner {
  readonly name: string;
  readonly task: TaskKind;
  /** As of `Training`. */
  readonly classes: number | undefined;
  readonly estimator: Estimator;
}

/** How many classes each task has here. */
const classesOf = { regression: undefined, binary: 2, multiclass: 3 } as const satisfies Record<
  TaskKind,
  number | undefined
>;

const learnersOf = (task: TaskKind): readonly Learner[] =>
  estimatorNamesOf(task).map((name) => ({
    name,
    task,
    classes: classesOf[task],
    estimator: estimatorNamed(name, task),
  }));

/** Every estimator with every task that it learns: what is promised is promised of each. */
export const learners: readonly Learner[] = [
  ...learnersOf('regression'),
  ...learnersOf('binary'),
  ...learnersOf('multiclass'),
];

export const classifiers: readonly Learner[] = learners.filter(({ classes }) => classes !== undefined);

/** A promise that an estimator cannot keep, whatever it learns or of one task alone. */
export interface Exception {
  readonly check: string;
  readonly reason: string;
  readonly tasks?: readonly TaskKind[];
}

/** Whether an estimator need not keep a promise. */
export function isExcused(
  exceptions: Readonly<Record<string, readonly Exception[]>>,
  { name, task }: Learner,
  check: string,
): boolean {
  return exceptions[name]?.some((each) => each.check === check && (each.tasks ?? [task]).includes(task)) ?? false;
}

/** How much better predictions are than the same for every row would be: R², or the share of the log loss that they save. */
export function skillOf({ classes }: Learner, y: Float64Array, predictions: Predictions): number {
  if (classes === undefined) return regressionScores(y, predictions.values).r2;
  const counts = Array.from({ length: classes }, (_, k) => y.filter((target) => target === k).length);
  const shares = counts.map((count) => count / y.length);
  const entropy = shares.reduce((sum, share) => sum - (share > 0 ? share * Math.log(share) : 0), 0);
  return 1 - meanLogLoss(y, predictions) / entropy;
}

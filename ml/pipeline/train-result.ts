import { basename } from 'node:path';
import type { Chosen } from '../selection/chosen.ts';
import type { Comparison } from '../selection/comparison.ts';
import type { Evaluated } from '../selection/evaluated.ts';
import { judge, type Verdict } from '../selection/gate.ts';
import type { Scores } from '../selection/metric.ts';
import type { Plan } from '../selection/plan.ts';
import type { Selection } from '../selection/selection.ts';
import type { Task } from '../selection/task.ts';
import type { Outcome } from './release-trained.ts';
import type { Training } from './reuse.ts';

/** What came of a training. */
export interface TrainResult {
  /** The data set by the name in its declaration, and the column that is predicted. */
  readonly dataset: string;
  readonly target: string;
  /** The column by which fits and scores count each row; null where each counts the same. */
  readonly weight: string | null;
  /** The columns by which rows are kept apart when some are held out; null where none is declared. */
  readonly group: string | null;
  readonly time: string | null;
  readonly task: Task['kind'];
  /** Null where the gate held it back, like `path`. */
  readonly release: string | null;
  readonly path: string | null;
  readonly verdict: Verdict;
  /** How the chosen model compares with the release that was in use; null where there was none. */
  readonly champion: Comparison | null;
  /** The estimator of the chosen model, or "ensemble"; null where every model has failed, like `model` and `holdout`. */
  readonly chosen: string | null;
  /** What the chosen model is made of, and what it scores by cross-validation. */
  readonly model: Chosen | null;
  readonly holdout: Scores | null;
  /** Why it was chosen, in a sentence without its full stop; null where nothing was. */
  readonly why: string | null;
  readonly threshold: number;
  /** How candidates were found, and in how many folds they were scored. */
  readonly plan: Plan;
  /** How many folds there were: fewer than planned where groups or times are few. */
  readonly folds: number;
  /** What predicting the mean, or the shares of the classes, scores; `chosen` did better, or nothing is released. */
  readonly baseline: Evaluated;
  /** Every model that was tried, best first; those that failed come last. */
  readonly leaderboard: readonly Evaluated[];
}

/** What a training came to, in memory or as its release tells it. */
export function resultOf(
  { rows: { declaration }, plan }: Training,
  task: Task,
  judged: Outcome & Pick<Selection, 'why'>,
  path: string | null,
): TrainResult {
  const { leaderboard, baseline, folds, chosen, holdout, why, threshold, champion = null } = judged;
  return {
    dataset: declaration.name,
    target: declaration.target,
    weight: declaration.weight ?? null,
    group: declaration.group ?? null,
    time: declaration.time ?? null,
    task: task.kind,
    release: path && basename(path),
    path,
    verdict: judge(judged, task),
    champion,
    chosen: chosen?.model ?? null,
    model: chosen,
    holdout,
    why,
    threshold,
    plan,
    folds,
    baseline,
    leaderboard,
  };
}

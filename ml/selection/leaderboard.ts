import { rank } from './evaluated.ts';
import type { Evaluation } from './evaluation.ts';
import type { Metric } from './metric.ts';

/** The best evaluation of each model, best first, those that failed last. */
export function bestOfEach(evaluations: readonly Evaluation[], objective: Metric): Evaluation[] {
  const ranked = rankEvaluations(evaluations, objective);
  const models = new Set<string>();
  return ranked.filter(({ entry: { model } }) => !models.has(model) && models.add(model));
}

/** Best first by the objective, those that failed last. */
export function rankEvaluations(evaluations: readonly Evaluation[], objective: Metric): Evaluation[] {
  const byEntry = new Map(evaluations.map((evaluation) => [evaluation.entry, evaluation]));
  return rank([...byEntry.keys()], objective).map((entry) => byEntry.get(entry) as Evaluation);
}

/** What the fits of a candidate took. */
export interface Times {
  /** The fit of a fold, on average, in seconds. */
  readonly fit: number;
  /** The prediction of a row, among many, in seconds. */
  readonly predict: number;
}

/** What the fits of each model's best candidate took, by model; those that failed are lacking. */
export function timesOf(leaders: readonly Evaluation[]): Readonly<Record<string, Times>> {
  const scored = leaders.filter(({ folds }) => folds.length > 0);
  return Object.fromEntries(
    scored.map(({ entry, folds }) => {
      const fit = folds.reduce((sum, { fitSeconds }) => sum + fitSeconds, 0) / folds.length;
      return [entry.model, { fit, predict: secondsPerRow(folds) }];
    }),
  );
}

/** The seconds that a prediction takes in a fold's fit, a row. */
export function secondsPerRow(folds: Evaluation['folds']): number {
  const seconds = folds.reduce((sum, { predictSeconds }) => sum + predictSeconds, 0);
  return seconds / folds.reduce((sum, { predictions }) => sum + predictions.rows, 0);
}

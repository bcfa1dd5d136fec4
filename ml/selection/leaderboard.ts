import { type Evaluated, rank } from './evaluated.ts';
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

/** An entry of the leaderboard, with what its fits took; a release holds no times, so that equal training gives equal bytes. */
export type Ranked = Evaluated & { readonly times?: Times | undefined };

interface Times {
  /** The fit of a fold, on average, in seconds. */
  readonly fit: number;
  /** The prediction of a row, among many, in seconds. */
  readonly predict: number;
}

/** The leaderboard's entry of an evaluation. */
export function rankedEntry({ entry, folds }: Evaluation): Ranked {
  if (folds.length === 0) return entry;
  const fit = folds.reduce((sum, { fitSeconds }) => sum + fitSeconds, 0) / folds.length;
  return { ...entry, times: { fit, predict: secondsPerRow(folds) } };
}

/** The seconds that a prediction takes in a fold's fit, a row. */
export function secondsPerRow(folds: Evaluation['folds']): number {
  const seconds = folds.reduce((sum, { predictSeconds }) => sum + predictSeconds, 0);
  return seconds / folds.reduce((sum, { predictions }) => sum + predictions.rows, 0);
}

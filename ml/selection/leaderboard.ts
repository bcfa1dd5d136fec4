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

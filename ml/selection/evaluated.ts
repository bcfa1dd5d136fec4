import { z } from 'zod';
import { estimatorNames } from '../estimators/index.ts';
import { recipeSchema } from '../features/recipe.ts';
import { deviationKey, isBetter, type Metric, type Scores, scoreOf, scoreText } from './metric.ts';

/** An estimator with its parameters: what is tried. */
export const paramsSchema = z.record(
  z.string(),
  z.union([z.number(), z.string(), z.boolean(), z.null(), z.record(z.string(), z.number())]),
);
export const candidateShape = {
  model: z.string(),
  params: paramsSchema,
  features: z.array(recipeSchema).readonly().optional(),
};
/** Scores by the names of their metrics. */
export const scoresSchema = z.record(z.string(), z.number());

const scored = z.object({
  status: z.literal('scored'),
  ...candidateShape,
  /** The means over the folds, and the standard deviation of the objective. */
  cv: scoresSchema,
});
const failed = z.object({ status: z.literal('failed'), ...candidateShape, reason: z.string() });

/** A candidate that was tried, as a release records it: how it was scored over the folds, or why it failed. */
export const evaluatedSchema = z.discriminatedUnion('status', [scored, failed]);
export type Evaluated = z.infer<typeof evaluatedSchema>;
/** A candidate that could not be fitted or scored, and why. */
export type Failed = z.infer<typeof failed>;

/** Best first by the objective, those that failed last; of equals the first in the registry. */
export function rank(entries: readonly Evaluated[], objective: Metric): Evaluated[] {
  const place = ({ model }: Evaluated) => estimatorNames.indexOf(model);
  return entries.toSorted((a, b) => {
    if (a.status === 'failed' || b.status === 'failed')
      return Number(a.status === 'failed') - Number(b.status === 'failed') || place(a) - place(b);
    const [one, other] = [scoreOf(a.cv, objective), scoreOf(b.cv, objective)];
    return Number(isBetter(objective, other, one)) - Number(isBetter(objective, one, other)) || place(a) - place(b);
  });
}

/** A metric's mean over the folds and its deviation, as people are shown them: "0.8123 ± 0.0100". */
export function shownWithDeviation(metric: Metric, cv: Scores): string {
  const deviation = cv[deviationKey(metric)];
  const mean = scoreText(metric, scoreOf(cv, metric));
  return deviation === undefined ? mean : `${mean} ± ${scoreText(metric, deviation)}`;
}

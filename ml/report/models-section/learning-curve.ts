// The learning curve in words and as a table, as Markdown.

import { meanOf, momentsOf } from '../../core/moments.ts';
import type { LearningCurve } from '../../selection/learning-curve.ts';
import { type Metric, scoreText } from '../../selection/metric.ts';
import type { Task } from '../../selection/task.ts';
import { count, plain, table } from '../markdown.ts';

interface CurvePoint {
  readonly rows: number;
  readonly mean: number;
  /** The standard deviation over the folds. */
  readonly deviation: number;
}

/** The mean of each point's scores, and how they are spread. */
export const pointsOf = ({ points }: LearningCurve): CurvePoint[] =>
  points.map(({ rows, scores }) => ({ rows, ...momentsOf(Float64Array.from(scores)) }));

/** What the curve says of more rows, and its points, as Markdown. */
export function learningInWords(curve: LearningCurve, task: Task): string {
  const { objective } = task;
  const isOne = foldsOf(curve) === 1;
  return [
    learningSentence(curve, task),
    table(
      [
        { title: 'rows', align: 'right' },
        { title: objective.title, align: 'right' },
      ],
      pointsOf(curve).map(({ rows, mean, deviation }) => [
        count(Math.round(rows)),
        `${scoreText(objective, mean)}${isOne ? '' : ` ± ${scoreText(objective, deviation)}`}`,
      ]),
    ),
  ].join('\n\n');
}

/** In how many folds it was measured. */
export const foldsOf = ({ points }: LearningCurve) => points[0]?.scores.length ?? 0;

/** What the curve says of more rows, as Markdown. */
export function learningSentence(curve: LearningCurve, { objective }: Task): string {
  const folds = foldsOf(curve);
  return `**With fewer rows to learn from**: how ${plain(curve.model)} does, with the parameters that were chosen for all rows, where it learns from some of them, drawn at random (${folds === 1 ? 'in one fold' : `the means of ${folds} folds`}). ${outlook(curve, objective)}`;
}

/** Whether more rows would help, by what the last doubling or so brought, fold by fold. */
function outlook({ points }: LearningCurve, metric: Metric): string {
  const [before, last] = points.slice(-2);
  if (!before || !last) return '';
  const sign = metric.direction === 'higher' ? 1 : -1;
  const gains = Float64Array.from(last.scores, (score, i) => sign * (score - (before.scores[i] as number)));
  const gain = meanOf(gains);
  const { deviation } = momentsOf(gains);
  const [first, all] = [before, last].map(({ rows }) => count(Math.round(rows)));
  const change = `From ${first} to ${all} rows its ${metric.title} got ${gain < 0 ? 'worse' : 'better'} by ${scoreText(metric, Math.abs(gain))}`;
  if (gains.length === 1) return `${change}, in one fold alone.`;
  const error = deviation / Math.sqrt(gains.length - 1);
  if (gain > 2 * error) return `${change}: more rows would probably help.`;
  return `${change}, which is within what chance does from fold to fold: more rows of the same kind would probably help little.`;
}

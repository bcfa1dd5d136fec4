import { formatCompact } from '../../core/format-number.ts';
import type { LearningCurve } from '../../selection/learning-curve.ts';
import { scoreText } from '../../selection/metric.ts';
import type { Task } from '../../selection/task.ts';
import { lineChart } from '../charts/line-chart.ts';
import { chartGrid } from '../html/blocks.ts';
import { type Html, html } from '../html/html.ts';
import { count } from '../markdown.ts';
import { htmlOf } from '../markdown-html.ts';
import { foldsOf, learningSentence, pointsOf } from './learning-curve.ts';

export function drawLearningCurve(curve: LearningCurve, task: Task): Html {
  const { objective } = task;
  const points = pointsOf(curve).map(({ rows, mean, deviation }) => ({
    x: rows,
    y: mean,
    low: mean - deviation,
    high: mean + deviation,
  }));
  return html`${htmlOf(learningSentence(curve, task))}
${chartGrid([
  lineChart([{ name: curve.model, points, dots: true }], {
    title: 'Learning curve',
    x: { title: 'Training rows', format: (rows) => count(Math.round(rows)) },
    y: { title: objective.title, format: (value) => scoreText(objective, value), tick: formatCompact },
    ...(foldsOf(curve) > 1 && { note: 'The band is a standard deviation over the folds.' }),
  }),
])}`;
}

import { formatRounded } from '../../core/format-number.ts';
import type { Manifest } from '../../release/manifest.ts';
import { deviationKey, type Metric, type Scores } from '../../selection/metric.ts';
import type { Task } from '../../selection/task.ts';
import { dataTable } from '../html/data-table.ts';
import { type Html, html } from '../html/html.ts';
import { decimals } from '../markdown.ts';

/** Every metric: on the held-out rows, over the folds, and what the baseline comes to. */
export function drawScores(
  { holdout, chosen, baseline, folds, imported }: Manifest,
  { metrics, objective, gate }: Task,
): Html {
  const ofBaseline = baseline.status === 'scored' ? baseline.cv : {};
  if (imported) return ofProof({ holdout, imported }, metrics);
  return html`<p>Models were compared by ${objective.title} in ${folds} folds of the rows to learn from; the held-out rows were read once, at the end.${gate.metric !== objective && ` The gate asks for ${gate.metric.title}.`}</p>
${dataTable({
  caption: 'Scores',
  columns: [
    { title: 'Metric' },
    { title: 'Held-out rows', number: true },
    { title: `${folds} folds`, number: true },
    { title: `Baseline, ${folds} folds`, number: true },
  ],
  rows: metrics.map((metric) => [
    metric.title,
    shownScore(holdout[metric.name], metric),
    withDeviation(chosen.cv, metric),
    shownScore(ofBaseline[metric.name], metric),
  ]),
})}`;
}

/** Of a model that was trained elsewhere what is known of it: the rows of proof, if these had a target. */
function ofProof({ holdout, imported }: Pick<Manifest, 'holdout' | 'imported'>, metrics: readonly Metric[]): Html {
  const proof = imported?.proof;
  if (!metrics.some(({ name }) => holdout[name] !== undefined))
    return html`<p>Nothing is known of how good it is: ${proof ? 'the rows of proof have no target' : 'it was imported without rows of proof'}.</p>`;
  return html`<p>On the rows of proof, from which it is taken not to have learned.</p>
${dataTable({
  caption: 'Scores',
  columns: [{ title: 'Metric' }, { title: 'Rows of proof', number: true }],
  rows: metrics.map((metric) => [metric.title, shownScore(holdout[metric.name], metric)]),
})}`;
}

function shownScore(score: number | undefined, { unit, digits }: Metric): string {
  if (score === undefined) return '–';
  return unit === 'target' ? formatRounded(score, 4) : decimals(score, digits);
}

function withDeviation(scores: Scores, metric: Metric): string {
  const text = shownScore(scores[metric.name], metric);
  const deviation = scores[deviationKey(metric)];
  return deviation === undefined ? text : `${text} ± ${shownScore(deviation, metric)}`;
}

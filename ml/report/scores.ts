// What was decided and why, what was tried, and how it compares with what there was.

import { type Chosen, ensembleEntry, isMember } from '../selection/chosen.ts';
import { deviationKey, isBetter, type Metric, scoreText } from '../selection/metric.ts';
import type { Task } from '../selection/task.ts';

import { bar, brief, code, plain, table } from './markdown.ts';
import { type EarlierTraining, type Training, taskOfTraining } from './records.ts';

/** Released or held back, and why, in a sentence. */
export function verdict({ release, verdict: { released, reason } }: Training): string {
  const why = plain(reason, 1000);
  if (released) return `**Released**${release === null ? '' : ` as ${code(release)}`}: ${why}.`;
  return `**Held back**: ${why}. Nothing was released.`;
}

export function leaderboard(training: Training): string {
  const { leaderboard: models, chosen, model: made } = training;
  const task = taskOfTraining(training);
  const [ensemble] = ensembleEntry(made);
  const isChosen = (entry: Evaluated) => entry === ensemble || (made ? isMember(made, entry) : entry.model === chosen);
  const rows = [...(ensemble ? [ensemble] : []), ...models].map((entry) => [
    isChosen(entry) ? `**${plain(entry.model)}**` : plain(entry.model),
    ...scoresOf(entry, task),
    made && entry === ensemble ? weightsOf(made) : paramsOf(entry),
  ]);
  const right = 'right' as const;
  return table(
    [
      { title: 'model' },
      ...task.shown.flatMap((metric) =>
        metric === task.objective
          ? [
              { title: `${metric.title} over the folds`, align: right },
              ...(isShare(metric) ? [{ title: '0 to 1' }] : []),
            ]
          : [{ title: metric.title, align: right }],
      ),
      { title: 'parameters' },
    ],
    rows,
  );
}

function paramsOf({ params }: Evaluated): string {
  return Object.entries(params)
    .map(
      ([name, value]) => `${plain(name)} ${plain(typeof value === 'object' ? JSON.stringify(value) : String(value))}`,
    )
    .join(', ');
}

/** What an ensemble is made of: "0.61 catboost, 0.39 ridge". */
function weightsOf(chosen: Chosen): string {
  if (!('members' in chosen)) return '';
  return chosen.members.map(({ weight, model }) => `${plain(weight.toFixed(2))} ${plain(model)}`).join(', ');
}

function scoresOf(entry: Evaluated, { shown, objective }: Task): string[] {
  const cells = shown.flatMap((metric) => {
    if (entry.status === 'failed') return metric === objective && isShare(metric) ? ['', ''] : [''];
    const score = entry.cv[metric.name];
    if (metric !== objective) return [scoreIfAny(metric, score)];
    const deviation = scoreIfAny(metric, entry.cv[deviationKey(metric)]);
    return [`${scoreIfAny(metric, score)} ± ${deviation}`, ...(isShare(metric) ? [bar(score ?? 0)] : [])];
  });
  return entry.status === 'failed' ? ['failed', ...cells.slice(1)] : cells;
}

/** A score; a dash where there is none. */
const scoreIfAny = (metric: Metric, score: number | undefined) =>
  score === undefined ? '–' : scoreText(metric, score);

/** Whether a bar from 0 to 1 shows it. */
const isShare = ({ unit, best }: Metric) => unit === 'none' && best === 1;

/** By what rows count in all scores, where they do not count alike. */
export function weighting({ weight }: Training): string {
  return weight ? `Scores count each row by its weight, ${code(weight)}.` : '';
}

/** Why models failed, where some did. */
export function failures({ leaderboard: models }: Training): string {
  return models
    .flatMap((entry) =>
      entry.status === 'failed' ? [`- ${plain(entry.model)} failed: ${plain(entry.reason, 500)}`] : [],
    )
    .join('\n');
}

/** The scores on the held-out rows, before and after. */
export function comparison(now: Training, before: EarlierTraining | undefined): string {
  const [old, fresh] = [before?.holdout ?? null, now.holdout];
  const { metrics, gate } = taskOfTraining(now);
  const rows = metrics.map((metric) => [
    metric.title,
    scoreIfAny(metric, old?.[metric.name]),
    scoreIfAny(metric, fresh?.[metric.name]),
    difference(old?.[metric.name], fresh?.[metric.name], metric),
    metric === gate.metric ? `at ${metric.direction === 'higher' ? 'least' : 'most'} ${brief(now.threshold)}` : '',
  ]);
  const right = 'right' as const;
  return table(
    [
      { title: 'on the held-out rows' },
      { title: 'main', align: right },
      { title: 'this change', align: right },
      { title: 'difference', align: right },
      { title: 'threshold', align: right },
    ],
    rows,
  );
}

type Evaluated = Training['leaderboard'][number];

function difference(old: number | undefined, fresh: number | undefined, metric: Metric): string {
  if (old === undefined || fresh === undefined) return '–';
  // Of the figures as they stand in the table, so that they add up.
  const [before, now] = [old, fresh].map((score) => Number(scoreText(metric, score))) as [number, number];
  const change = Number(scoreText(metric, now - before));
  if (change === 0) return 'the same';
  return `${change > 0 ? '+' : '−'}${scoreText(metric, Math.abs(change))} ${isBetter(metric, change, 0) ? 'better' : 'worse'}`;
}

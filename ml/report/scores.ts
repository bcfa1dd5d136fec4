// What was decided and why, what was tried, and how it compares with what there was.

import { type Chosen, ensembleEntry, isMember } from '../selection/chosen.ts';
import { deviationKey, isBetter, type Metric } from '../selection/metric.ts';
import type { Task } from '../selection/task.ts';

import { bar, brief, code, decimals, plain, table } from './markdown.ts';
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
    if (metric !== objective) return [decimals(score, metric.digits)];
    const deviation = decimals(entry.cv[deviationKey(metric)], metric.digits);
    return [`${decimals(score, metric.digits)} ± ${deviation}`, ...(isShare(metric) ? [bar(score ?? 0)] : [])];
  });
  return entry.status === 'failed' ? ['failed', ...cells.slice(1)] : cells;
}

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
    decimals(old?.[metric.name], metric.digits),
    decimals(fresh?.[metric.name], metric.digits),
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
  const { digits } = metric;
  // Of the figures as they stand in the table, so that they add up.
  const change = Number((Number(fresh.toFixed(digits)) - Number(old.toFixed(digits))).toFixed(digits));
  if (change === 0) return 'the same';
  return `${change > 0 ? '+' : '−'}${Math.abs(change).toFixed(digits)} ${isBetter(metric, change, 0) ? 'better' : 'worse'}`;
}

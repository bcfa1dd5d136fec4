import { formatCompact, formatRounded } from '../../core/format-number.ts';
import { type Chosen, ensembleEntry, isMember } from '../../selection/chosen.ts';
import type { Evaluated } from '../../selection/evaluated.ts';
import { programOf } from '../../selection/imported-record.ts';
import { deviationKey, type Metric, scoreOf, scoreText } from '../../selection/metric.ts';
import type { Task } from '../../selection/task.ts';
import { type Bar, barChart } from '../charts/bar-chart.ts';
import { chartGrid } from '../html/blocks.ts';
import { dataTable } from '../html/data-table.ts';
import { type Html, html } from '../html/html.ts';
import { htmlOf } from '../markdown-html.ts';
import type { ReleaseReport } from '../release-report.ts';
import { failures, weighting } from '../scores.ts';
import { paramsText } from './params-text.ts';

/** What gains a smaller share of what the best gains over the baseline would stretch the axis of the picture. */
const FAR_BEHIND = 0.25;

/** What was tried: a picture, a table, why the chosen one was chosen, and what failed. */
export function drawLeaders({ manifest, task, training }: Pick<ReleaseReport, 'manifest' | 'task' | 'training'>): Html {
  const { chosen, leaderboard, baseline, why, folds, plan, trials, imported } = manifest;
  if (imported)
    return html`<p>It was trained elsewhere, with what ${programOf(imported)} calls ${imported.objective}: nothing was tried here, and nothing is compared with it.</p>`;
  const entries = [...ensembleEntry(chosen), ...leaderboard];
  const scored = entries.flatMap((entry) => (entry.status === 'scored' ? [entry] : []));
  const { objective } = task;
  const direction = objective.direction === 'higher' ? 'higher is better' : 'lower is better';
  const gains = scored.map((entry) => gainOf(entry, baseline, objective));
  const least = FAR_BEHIND * Math.max(...gains);
  const better = scored.filter((_, i) => (gains[i] as number) > Math.max(0, least));
  const shown = better.length > 0 ? better : scored;
  const left = scored.length - shown.length;
  return html`${why !== null && html`<p><strong>Why it was chosen</strong>: ${why}.</p>`}
<p>${trials ? `${count(trials.length, 'candidate was', 'candidates were')} scored` : 'Candidates were scored'} in ${folds} folds of the ${manifest.data.train.toLocaleString('en')} rows to learn from${plan ? ` (search: ${plan.search})` : ''}; of each model the best one is shown.</p>
${chartGrid([
  barChart(
    shown.map((entry) => barOf(entry, objective, isChosen(entry, chosen))),
    {
      title: `${objective.title} over the folds`,
      labels: 'Model',
      points: true,
      x: {
        title: `${objective.title}, ${direction}`,
        format: (value) => scoreText(objective, value),
        tick: formatCompact,
      },
      note: `Points are means over the folds; error bars reach a standard deviation to both sides.${left > 0 ? ` ${count(left, 'model is', 'models are')} far behind: the table alone has ${left === 1 ? 'it' : 'them'}.` : ''}`,
    },
  ),
])}
${tableOf(scored, task, chosen)}
${htmlOf([weighting(training), failures(training)].join('\n\n'))}`;
}

const isChosen = (entry: Evaluated, chosen: Chosen) => entry.model === 'ensemble' || isMember(chosen, entry);

/** How much better it is than the baseline; NaN where that has failed. */
function gainOf({ cv }: Scored, baseline: Evaluated, { name, direction }: Metric): number {
  const zero = baseline.status === 'failed' ? Number.NaN : (baseline.cv[name] as number);
  return (direction === 'higher' ? 1 : -1) * ((cv[name] as number) - zero);
}

type Scored = Extract<Evaluated, { status: 'scored' }>;

function barOf({ model, cv }: Scored, objective: Metric, strong: boolean): Bar {
  const value = scoreOf(cv, objective);
  const deviation = cv[deviationKey(objective)];
  return {
    label: model,
    value,
    strong,
    ...(deviation !== undefined && { low: value - deviation, high: value + deviation }),
  };
}

function tableOf(scored: readonly Scored[], { shown, objective }: Task, chosen: Chosen): Html {
  return dataTable({
    caption: 'The models that were tried',
    columns: [
      { title: 'Model' },
      ...shown.map(({ title }) => ({ title, number: true })),
      { title: 'Parameters', long: true },
    ],
    rows: scored.map((entry) => [
      isChosen(entry, chosen) ? `${entry.model} ✓` : entry.model,
      ...shown.map((metric) => {
        const score = entry.cv[metric.name];
        const deviation = entry.cv[deviationKey(metric)];
        if (score === undefined) return '–';
        const text = metric.unit === 'target' ? formatRounded(score, 4) : scoreText(metric, score);
        return metric === objective && deviation !== undefined ? `${text} ± ${scoreText(metric, deviation)}` : text;
      }),
      entry.model === 'ensemble' ? weightsOf(chosen) : paramsText(entry.params),
    ]),
  });
}

/** What an ensemble is made of: "0.61 catboost, 0.39 ridge". */
function weightsOf(chosen: Chosen): string {
  if (!('members' in chosen)) return '';
  return chosen.members.map(({ weight, model }) => `${weight.toFixed(2)} ${model}`).join(', ');
}

const count = (number: number, one: string, more: string) =>
  `${number.toLocaleString('en')} ${number === 1 ? one : more}`;

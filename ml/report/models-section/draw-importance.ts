import { formatCompact } from '../../core/format-number.ts';
import type { Metric } from '../../selection/metric.ts';
import type { ModelCard } from '../card/card.ts';
import { barChart } from '../charts/bar-chart.ts';
import { chartGrid, note } from '../html/blocks.ts';
import { type Html, html } from '../html/html.ts';
import { count, decimals } from '../markdown.ts';

const MOST_BARS = 20;

/** What columns are worth to the model: how much worse it gets where one is shuffled. */
export function drawImportance(
  { importance, columns, rows }: Pick<ModelCard, 'importance' | 'columns' | 'rows'>,
  metric: Metric,
): Html {
  if (!importance || importance.columns.length === 0) {
    return note(importance?.others ? 'No column moves its predictions.' : 'What columns are worth was not measured.');
  }
  const titles = new Map(columns.map(({ name, title }) => [name, title]));
  const shown = importance.columns.slice(0, MOST_BARS);
  const left = importance.columns.length + (importance.others ?? 0) - shown.length;
  const part = importance.rows < rows.held ? `${count(importance.rows)} of the held-out rows` : 'the held-out rows';
  return html`<p>How much worse its ${metric.title} gets where the values of a column are shuffled among ${part}. Columns that say much the same stand in for each other, and seem to matter less than they do. This is what the model uses, and no cause.</p>
${chartGrid([
  barChart(
    shown.map(({ column, drop, deviation }) => ({
      label: titles.get(column) ?? column,
      value: drop,
      low: drop - deviation,
      high: drop + deviation,
    })),
    {
      title: 'Permutation importance',
      labels: 'Column',
      x: { title: `How much worse ${metric.title} gets`, format: (value) => decimals(value, 3), tick: formatCompact },
      note: `The mean of ${importance.shuffles} shuffles; error bars reach a standard deviation of them to both sides.${left > 0 ? ` ${count(left)} more columns matter less.` : ''}`,
    },
  ),
])}`;
}

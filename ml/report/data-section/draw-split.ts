import { formatCompact, formatExact } from '../../core/format-number.ts';
import { barChart } from '../charts/bar-chart.ts';
import { note } from '../html/blocks.ts';
import { type Html, html } from '../html/html.ts';
import type { DataAnalysis } from './analysis.ts';

const MOST = 15;

/** How differently columns are distributed on both sides of the split. */
export function drawSplit({ target, features, differences }: DataAnalysis): Html {
  if (!differences) return note('There are no rows to compare.');
  const { distances, byChance } = differences;
  const all = [target, ...features]
    .map(({ column: { name, title } }) => ({ label: title, value: distances.get(name) ?? 0 }))
    .sort((a, b) => b.value - a.value);
  const different = all.filter(({ value }) => value > byChance).length;
  const verdict =
    different === 0
      ? 'No column differs by more than a random split does.'
      : `${formatExact(different)} of ${formatExact(all.length)} columns differ by more than a random split does: what the held-out rows say of the model is about rows that are unlike those it learned from.`;
  return html`<p>${verdict}</p>${barChart(
    all.slice(0, MOST).map((bar) => ({ ...bar, strong: bar.value > byChance, mark: byChance })),
    {
      title: 'Training and held-out rows: difference by column',
      size: 'wide',
      x: {
        title: 'Largest difference of the distribution functions',
        format: (value) => value.toFixed(3),
        tick: formatCompact,
      },
      names: { bar: 'difference (Kolmogorov–Smirnov)', mark: 'what chance comes to, at most' },
      labels: 'Column',
      ...(all.length > MOST && { note: `The ${MOST} of ${formatExact(all.length)} columns that differ most.` }),
    },
  )}`;
}

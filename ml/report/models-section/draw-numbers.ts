import { formatRounded, formatShare } from '../../core/format-number.ts';
import { momentsOf } from '../../core/moments.ts';
import type { NumberCard } from '../card/card.ts';
import type { HeldOutNumbers } from '../card/held-out.ts';
import { binned } from '../charts/bins.ts';
import { histogram } from '../charts/histogram.ts';
import { lineChart } from '../charts/line-chart.ts';
import { scatterPlot } from '../charts/scatter-plot.ts';
import { chartGrid } from '../html/blocks.ts';
import { type Html, html } from '../html/html.ts';
import { htmlOf } from '../markdown-html.ts';
import { coverageInWords } from './coverage.ts';
import type { CoverageLevels } from './coverage-levels.ts';

/** Predictions of the held-out rows beside what they were, and what they lack. */
export function drawPredicted(held: HeldOutNumbers, { target }: NumberCard): Html {
  const { truth, predictions } = held;
  const { unit } = target;
  const residuals = truth.map((value, i) => value - (predictions[i] as number));
  const { mean, deviation } = momentsOf(residuals);
  const residual = { title: 'True less predicted', unit };
  const { counts, ...bins } = binned(residuals);
  return html`<p>Each point is a held-out row. On the diagonal the prediction is the truth; above it the truth is larger.</p>
${chartGrid([
  scatterPlot(
    { x: predictions, y: truth },
    {
      title: 'Predicted against true',
      x: { title: 'Predicted', unit },
      y: { title: 'True', unit },
      diagonal: true,
    },
  ),
  scatterPlot(
    { x: predictions, y: residuals },
    {
      title: 'Errors by prediction',
      x: { title: 'Predicted', unit },
      y: residual,
      rules: [{ y: 0, label: 'right' }],
      note: 'A funnel: some predictions are less sure than others. A slope or a curve: something is not learned.',
    },
  ),
  histogram(
    { ...bins, series: [{ name: 'Held-out rows', counts }] },
    {
      title: 'How errors are spread',
      x: residual,
      note: `On average ${formatRounded(mean)}, with a standard deviation of ${formatRounded(deviation)}.`,
    },
  ),
])}`;
}

export function drawCoverage(coverage: CoverageLevels): Html {
  const share = (title: string) => ({ title, format: formatShare });
  return html`${htmlOf(coverageInWords(coverage), 'Intervals: promised and held')}
${chartGrid([
  lineChart(
    [
      {
        name: 'held',
        dots: true,
        points: coverage.levels.map(({ nominal, actual, standardError }) => ({
          x: nominal,
          y: actual,
          low: Math.max(0, actual - 2 * standardError),
          high: Math.min(1, actual + 2 * standardError),
        })),
      },
    ],
    {
      title: 'Intervals: promised and held',
      x: share('Promised'),
      y: share('Held'),
      diagonal: true,
      note: 'The band is two standard errors.',
    },
  ),
])}`;
}

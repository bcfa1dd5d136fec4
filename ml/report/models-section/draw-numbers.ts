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
  const residual = { title: 'Residual: actual − predicted', unit };
  const { counts, ...bins } = binned(residuals);
  return html`<p>Each point is a held-out row. On the diagonal, the prediction is right; above it, the actual value is larger than predicted.</p>
${chartGrid([
  scatterPlot(
    { x: predictions, y: truth },
    {
      title: 'Predicted against actual',
      x: { title: 'Predicted', unit },
      y: { title: 'Actual', unit },
      diagonal: true,
    },
  ),
  scatterPlot(
    { x: predictions, y: residuals },
    {
      title: 'Residuals by prediction',
      x: { title: 'Predicted', unit },
      y: residual,
      rules: [{ y: 0, label: 'no error' }],
      note: 'A funnel means that some predictions are less certain than others; a slope or a curve, that there is something the model has not learned.',
    },
  ),
  histogram(
    { ...bins, series: [{ name: 'Held-out rows', counts }] },
    {
      title: 'Distribution of residuals',
      x: residual,
      note: `Mean ${formatRounded(mean)}, standard deviation ${formatRounded(deviation)}.`,
    },
  ),
])}`;
}

export function drawCoverage(coverage: CoverageLevels): Html {
  const share = (title: string) => ({ title, format: formatShare });
  return html`${htmlOf(coverageInWords(coverage), 'Nominal and actual coverage')}
${chartGrid([
  lineChart(
    [
      {
        name: 'actual',
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
      title: 'Nominal and actual coverage',
      x: share('Nominal coverage'),
      y: share('Actual coverage'),
      diagonal: true,
      note: 'The band is two standard errors.',
    },
  ),
])}`;
}

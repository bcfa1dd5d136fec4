import { formatRounded } from '../../core/format-number.ts';
import type { EvaluatedCard } from '../card/card.ts';
import { histogram } from '../charts/histogram.ts';
import { lineChart } from '../charts/line-chart.ts';
import { chartGrid } from '../html/blocks.ts';
import { type Html, html } from '../html/html.ts';
import type { Section } from '../html/page.ts';
import { drawConfusion, drawRanking, drawReliability } from '../models-section/draw-classified.ts';
import { drawCoverage } from '../models-section/draw-numbers.ts';
import type { Evaluation } from './evaluation.ts';

/** How predictions of the held-out rows turned out, as sections of a page. */
export function evaluationSections(evaluation: Evaluation, card: EvaluatedCard): Section[] {
  if (evaluation.kind === 'number' && card.kind === 'number') {
    const { unit } = card.target;
    return [
      { id: 'calibration', title: 'Predicted against actual', content: drawCalibration(evaluation, unit) },
      { id: 'residuals', title: 'Residuals', content: drawResiduals(evaluation, unit) },
      ...(evaluation.intervals
        ? [{ id: 'intervals', title: 'Calibration of intervals', content: drawCoverage(evaluation.intervals) }]
        : []),
    ];
  }
  if (evaluation.kind !== 'class' || card.kind !== 'class') return [];
  const { curves } = evaluation;
  return [
    { id: 'confusion', title: 'Confusion matrix', content: drawConfusion(card) },
    { id: 'calibration', title: 'Calibration of probabilities', content: drawReliability(card) },
    ...(curves.length > 0
      ? [{ id: 'ranking', title: 'ROC, precision and recall', content: drawRanking(curves, card.measures.positive) }]
      : []),
  ];
}

type EvaluatedNumbers = Extract<Evaluation, { kind: 'number' }>;

function drawCalibration({ byPrediction }: EvaluatedNumbers, unit: string | undefined): Html {
  return html`<p>Held-out rows by their predictions, in groups of about as many. On the diagonal, rows are on average what is predicted of them.</p>
${chartGrid([
  lineChart(
    [
      {
        name: 'actual',
        dots: true,
        points: byPrediction.map(({ predicted: x, actual: y, low, high }) => ({ x, y, low, high })),
      },
    ],
    {
      title: 'Predicted against actual',
      x: { title: 'Predicted, mean', unit },
      y: { title: 'Actual, mean', unit },
      diagonal: true,
      note: 'The band holds eight of ten actual values of a group.',
    },
  ),
])}`;
}

function drawResiduals({ residuals }: EvaluatedNumbers, unit: string | undefined): Html {
  const { mean, deviation, edges, labels, counts } = residuals;
  return html`<p>What actual values of held-out rows are more, or less, than was predicted.</p>
${chartGrid([
  histogram(
    { edges, ...(labels && { labels }), series: [{ name: 'Held-out rows', counts }] },
    {
      title: 'Distribution of residuals',
      x: { title: 'Residual: actual − predicted', unit },
      note: `Mean ${formatRounded(mean)}, standard deviation ${formatRounded(deviation)}.`,
    },
  ),
])}`;
}

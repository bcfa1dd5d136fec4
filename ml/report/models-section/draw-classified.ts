import { formatShare } from '../../core/format-number.ts';
import type { EvaluatedClasses } from '../card/card.ts';
import { type Confusion, totalsOf } from '../card/confusion.ts';
import { calibrationInWords, mistakes } from '../card/draw-classes.ts';
import type { HeldOutClasses } from '../card/held-out.ts';
import { NAME } from '../card/words.ts';
import { barChart } from '../charts/bar-chart.ts';
import { countInBins } from '../charts/bins.ts';
import { heatmap } from '../charts/heatmap.ts';
import { histogram } from '../charts/histogram.ts';
import { lineChart } from '../charts/line-chart.ts';
import { chartGrid } from '../html/blocks.ts';
import { type Html, html } from '../html/html.ts';
import { shownText } from '../html/shown-text.ts';
import { count } from '../markdown.ts';
import { htmlOf } from '../markdown-html.ts';
import type { RankingCurve } from './ranking-curves.ts';

/** So many classes have a matrix that can be read. */
const MOST_IN_MATRIX = 15;
const MOST_BARS = 30;
const BINS = 20;

/** Which classes are taken for which, and how often each is found. */
export function drawConfusion({ measures, target }: EvaluatedClasses): Html {
  const { confusion } = measures;
  const { levels, counts } = confusion;
  if (levels.length > MOST_IN_MATRIX)
    return html`${htmlOf(mistakes(confusion), 'Classes that are confused')}
${foundBars(confusion)}`;
  const matrix = heatmap(
    {
      rows: levels,
      columns: levels,
      values: levels.map((_, code) => Array.from(counts.subarray(code * levels.length, (code + 1) * levels.length))),
    },
    {
      title: `${target.title}: actual and predicted`,
      size: levels.length > 10 ? 'wide' : 'small',
      shading: 'of-row',
      format: count,
      sides: { rows: 'Actual class', columns: 'Predicted class' },
      note: 'How many held-out rows of each class were predicted to be of each; shaded by their share of the actual class.',
    },
  );
  return html`${chartGrid([matrix, foundBars(confusion)])}`;
}

/** Recall as a bar, precision as a mark, of each class. */
function foundBars(confusion: Confusion): Html {
  const { levels, counts } = confusion;
  const found = levels
    .map((level, code) => {
      const { truth, predicted } = totalsOf(confusion, code);
      const hit = counts[code * levels.length + code] as number;
      return { label: level, truth, value: hit / truth, ...(predicted > 0 && { mark: hit / predicted }) };
    })
    .filter(({ truth }) => truth > 0);
  const shown = found.length > MOST_BARS ? found.toSorted((a, b) => a.value - b.value).slice(0, MOST_BARS) : found;
  return barChart(shown, {
    title:
      shown.length < found.length
        ? `Recall and precision: the ${MOST_BARS} classes of lowest recall`
        : 'Recall and precision by class',
    x: { title: 'Recall', domain: [0, 1], format: formatShare },
    names: { bar: 'recall', mark: 'precision' },
    labels: 'Class',
    note: 'Bars: of the rows of a class, how many were predicted to be of it (recall). Marks: of those that were predicted to be, how many are (precision).',
  });
}

/** Whether what is said to be so probable happens so often. */
export function drawReliability({ measures }: EvaluatedClasses): Html {
  const { reliability, calibration, positive } = measures;
  const what = positive === null ? 'the predicted class' : shownText(positive, NAME);
  const deviation = (share: number, rows: number) => 2 * Math.sqrt((share * (1 - share)) / rows);
  const share = (title: string) => ({ title, domain: [0, 1] as const, format: formatShare });
  return html`<p>Held-out rows by the predicted probability of ${what}, in bins of about as many rows. On the diagonal, it is observed as often as predicted; the calibration error is ${formatShare(reliability.error)} on average.</p>
${calibration && htmlOf(calibrationInWords(calibration))}
${chartGrid([
  lineChart(
    [
      {
        name: 'observed',
        dots: true,
        points: reliability.bins.map(({ predicted, observed, rows }) => ({
          x: predicted,
          y: observed,
          low: Math.max(0, observed - deviation(observed, rows)),
          high: Math.min(1, observed + deviation(observed, rows)),
        })),
      },
    ],
    {
      title: 'Predicted probability and observed share',
      x: share(`Predicted probability of ${what}`),
      y: share('Observed share'),
      diagonal: true,
      note: 'The band is two standard errors of each bin.',
    },
  ),
])}`;
}

/**
 * Over all thresholds, recall beside the false positive rate, and precision beside recall.
 *
 * @param picture stands beside both. @default none
 */
export function drawRanking(curves: readonly RankingCurve[], positive: string | null, picture?: Html): Html {
  const share = (title: string) => ({ title, domain: [0, 1] as const, format: formatShare });
  const of = positive === null ? 'each class against all others' : shownText(positive, NAME);
  const lines = (key: 'roc' | 'precision') => curves.map(({ level, [key]: points }) => ({ name: level, points }));
  const listed = (figure: (curve: RankingCurve) => string) =>
    curves.map((curve) => `${positive === null ? `${shownText(curve.level, NAME)}: ` : ''}${figure(curve)}`).join('; ');
  return html`<p>Over all thresholds of the predicted probability, of ${of}.</p>
${chartGrid([
  ...(picture ? [picture] : []),
  lineChart(lines('roc'), {
    title: 'ROC curve',
    x: share('False positive rate'),
    y: share('True positive rate (recall)'),
    diagonal: true,
    note: `Area: ${listed(({ rocAuc }) => rocAuc.toFixed(3))}; 0.5 on the diagonal.`,
  }),
  lineChart(lines('precision'), {
    title: 'Precision and recall',
    x: share('Recall'),
    y: share('Precision'),
    rules: curves.length === 1 ? curves.map(({ share: y }) => ({ y, label: 'of all rows' })) : [],
    note: `Average precision: ${listed(({ averagePrecision }) => averagePrecision.toFixed(3))}.`,
  }),
])}`;
}

/** How probable the positive class is said to be, of its rows and of the others. */
export function drawProbabilities(
  { probabilities: { outputs, values }, truth }: HeldOutClasses,
  levels: readonly string[],
  positive: string,
): Html {
  const of = levels.indexOf(positive);
  const edges = Array.from({ length: BINS + 1 }, (_, i) => i / BINS);
  const shares = (isOf: boolean) => {
    const rows = Array.from(truth.keys()).filter((row) => (truth[row] === of) === isOf);
    const counts = countInBins(
      rows.map((row) => values[row * outputs + of] as number),
      { edges },
    );
    return counts.map((each) => each / Math.max(1, rows.length));
  };
  return histogram(
    {
      edges,
      series: [
        { name: `${levels[1 - of]}`, counts: shares(false) },
        { name: positive, counts: shares(true) },
      ],
    },
    {
      title: 'Predicted probability by actual class',
      x: { title: `Predicted probability of ${positive}`, format: formatShare },
      y: { title: 'Share of the rows of each class', format: formatShare },
    },
  );
}

// What somebody reads who reads nothing else: the verdict, the figures that matter, whom the model is fit for, and one picture.

import { formatRounded, formatShare } from '../../core/format-number.ts';
import { withUnit } from '../../data/kinds/with-unit.ts';
import { scoreOf, scoreText } from '../../selection/metric.ts';
import type { EvaluatedCard } from '../card/card.ts';
import { whomItIsFor } from '../card/draw-card.ts';
import { NAME } from '../card/words.ts';
import { besideChampion } from '../champion.ts';
import { type Bar, barChart } from '../charts/bar-chart.ts';
import { chartGrid, type Fact, factTiles, warning } from '../html/blocks.ts';
import { type Html, html } from '../html/html.ts';
import type { Section } from '../html/page.ts';
import { shownText } from '../html/shown-text.ts';
import { htmlOf } from '../markdown-html.ts';
import type { ReleaseReport } from '../release-report.ts';
import { verdict } from '../scores.ts';

interface Headline extends Pick<ReleaseReport, 'manifest' | 'task'> {
  readonly card: EvaluatedCard;
}

export function summarySection(report: ReleaseReport): Section {
  const { training, card } = report;
  const told = htmlOf(verdict(training));
  return {
    id: 'summary',
    title: 'Summary',
    content: html`${training.verdict.released ? told : warning(told)}
${factTiles(facts(report))}
${chartGrid([howFarOff(card)])}
${htmlOf(whomItIsFor(card).join('\n\n'))}
${training.champion?.status === 'compared' && html`<p>Beside the release that was in use:</p>${htmlOf(besideChampion(training), 'Beside the release that was in use')}`}`,
  };
}

export function facts({ card, manifest, task }: Headline): Fact[] {
  const { holdout } = manifest;
  const gate = task.gate.metric;
  return [
    {
      label: gate.title,
      value: scoreText(gate, scoreOf(holdout, gate)),
      note: `on held-out rows; at ${gate.direction === 'higher' ? 'least' : 'most'} ${manifest.threshold} was asked`,
    },
    ...factsOf(card),
    ...(card.coverage === undefined
      ? []
      : [
          {
            label: card.kind === 'number' ? 'Within 90 % intervals' : 'Within 90 % prediction sets',
            value: formatShare(card.coverage),
            note: 'of the held-out rows',
          },
        ]),
    {
      label: 'Rows',
      value: card.rows.learned.toLocaleString('en'),
      note: `learned from; ${card.rows.held.toLocaleString('en')} held out`,
    },
  ];
}

function factsOf(card: EvaluatedCard): Fact[] {
  if (card.kind === 'number') {
    const { mean, always } = card.errors;
    return [
      {
        label: 'Mean absolute error',
        value: withUnit(formatRounded(mean), card.target),
        note: `always predicting the mean: ${withUnit(formatRounded(always.mean), card.target)}`,
      },
    ];
  }
  const { accuracy, always } = card.measures;
  return [
    {
      label: 'Accuracy',
      value: formatShare(accuracy),
      note: html`always predicting <bdi>${shownText(always.level, NAME)}</bdi>: ${formatShare(always.accuracy)}`,
    },
  ];
}

/** The one picture: the model beside knowing nothing. */
export function howFarOff(card: EvaluatedCard): Html {
  if (card.kind === 'number') {
    const { mean, always, half, most } = card.errors;
    const bars: Bar[] = [
      { label: 'this model', value: mean, strong: true },
      { label: 'always the mean', value: always.mean },
    ];
    return barChart(bars, {
      title: 'Mean absolute error, beside always predicting the mean',
      labels: 'Prediction',
      x: {
        title: `Mean absolute error of ${card.target.title}`,
        unit: card.target.unit,
        format: (value) => formatRounded(value),
      },
      note: `On ${card.rows.measured.toLocaleString('en')} held-out rows. Half of the predictions are off by at most ${formatRounded(half)}, nine in ten by at most ${formatRounded(most)}.`,
    });
  }
  const { accuracy, always, logLoss, ofShares } = card.measures;
  return barChart(
    [
      { label: 'this model', value: accuracy, strong: true },
      { label: `always ${shownText(always.level, NAME)}`, value: always.accuracy },
    ],
    {
      title: 'Accuracy, beside always predicting the most frequent class',
      labels: 'Prediction',
      x: { title: 'Share of the held-out rows', domain: [0, 1], format: formatShare },
      note: `On ${card.rows.measured.toLocaleString('en')} held-out rows. The log loss of the probabilities is ${logLoss.toFixed(4)}; that of giving each class its share of the rows is ${ofShares.toFixed(4)}.`,
    },
  );
}

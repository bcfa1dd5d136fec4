// What one column is like: its distribution, and how the target goes with it.

import { formatShare, formatShort } from '../../core/format-number.ts';
import { barChart } from '../charts/bar-chart.ts';
import { boxes } from '../charts/boxes.ts';
import type { ChartOptions } from '../charts/chart.ts';
import { histogram } from '../charts/histogram.ts';
import { lineChart } from '../charts/line-chart.ts';
import { shownNumber } from '../charts/shown-number.ts';
import { stackedBars } from '../charts/stacked-bars.ts';
import type { Html } from '../html/html.ts';
import type { AgainstTarget, RatesByNumber } from './against-target.ts';
import type { AnalysedColumn } from './analysis.ts';
import { axisOf, rowsText, valueText } from './column-words.ts';
import type { ViewedColumn } from './viewed-column.ts';

/** What both sets of rows are called. */
const SETS = { learned: 'training rows', held: 'held-out rows' };

/** What shares are of. */
interface Shares {
  /** The title of the column by which rows count; undefined where each counts once. */
  readonly weight: string | undefined;
}

const shareTitle = (weight: string | undefined) =>
  weight === undefined ? 'Share of rows' : `Share by ${weight.slice(0, 40)}`;

/** How the values are distributed, among the rows that were learned from and those that were held out. */
export function drawDistribution({ column, distribution, summary }: AnalysedColumn, { weight }: Shares): Html {
  const title = 'Distribution';
  const shares = { title: shareTitle(weight), format: formatShare };
  const missing = summary.missing > 0 ? `Not known in ${formatShare(summary.missing / summary.rows)} of rows. ` : '';
  if (distribution.kind === 'levels') {
    return barChart(
      distribution.levels.map(({ label, learned, held }) => ({ label, value: learned, mark: held })),
      {
        title,
        x: shares,
        names: { bar: SETS.learned, mark: SETS.held },
        labels: column.title,
      },
    );
  }
  const { bins, learned, held, outside, isLogarithmic } = distribution;
  const beyond = outside > 0 ? `${rowsText(outside)} with values far from the others are not shown.` : '';
  return histogram(
    {
      ...bins,
      series: [
        { name: SETS.learned, counts: learned },
        { name: SETS.held, counts: held },
      ],
    },
    {
      title,
      x: { ...axisOf(column), ...(isLogarithmic && { scale: 'log' }) },
      y: shares,
      ...((missing !== '' || beyond !== '') && { note: `${missing}${beyond}` }),
    },
  );
}

/** The columns that are drawn against each other, and the class of interest of a target of two. */
export interface Against extends Shares {
  readonly feature: AnalysedColumn;
  readonly target: ViewedColumn;
  readonly positive: string | undefined;
}

/** How the target is distributed by the values of a feature. */
export function drawAgainstTarget(against: AgainstTarget, { feature, target, positive = '', weight }: Against): Html {
  const { column } = feature;
  const isLogarithmic = feature.distribution.kind === 'numbers' && feature.distribution.isLogarithmic;
  const x = { ...axisOf(column), ...(isLogarithmic && { scale: 'log' as const }) };
  const title = `${target.title} by ${column.title}`;
  switch (against.kind) {
    case 'means': {
      const { points, unknown } = against;
      const note =
        unknown && `Where it is not known (${rowsText(unknown.rows)}): ${valueText(target, unknown.mean)} on average.`;
      return lineChart(
        [
          {
            name: 'mean',
            dots: true,
            points: points.map(({ x: at, mean, q1, q3 }) => ({ x: at, y: mean, low: q1, high: q3 })),
          },
        ],
        {
          title,
          x,
          y: axisOf(target),
          note: `Mean of rows with about the same value; the band has the middle half of them. ${note ?? ''}`,
        },
      );
    }
    case 'boxes':
      return boxes(against.boxes, { title, x: axisOf(target), labels: column.title });
    case 'rates':
      return drawRates(against, { title, x, positive });
    case 'level_rates':
      return barChart(
        against.levels.map(({ label, share, low, high }) => ({ label, value: share, low, high })),
        {
          title: rateTitle(positive, column),
          x: rateAxis(positive),
          labels: column.title,
          note: overallNote(against.overall, positive),
        },
      );
    case 'shares':
      return stackedBars(
        {
          parts: target.levels,
          bars: against.groups.map((group) => ({
            label: 'label' in group ? group.label : rangeText(column, group.from, group.to),
            values: group.counts,
          })),
        },
        {
          title,
          x: { title: shareTitle(weight) },
          totals: weight === undefined ? 'rows' : 'weight',
          labels: column.title,
        },
      );
  }
}

const rateAxis = (positive: string) => ({ title: `Share of “${positive.slice(0, 40)}”`, format: formatShare });
const rateTitle = (positive: string, { title }: ViewedColumn) => `Share of “${positive.slice(0, 60)}” by ${title}`;
const overallNote = (overall: number, positive: string) =>
  `${formatShare(overall)} of all rows are “${positive.slice(0, 60)}”. Lines show where a share may lie but for chance (95 %).`;

interface RatesDrawing {
  readonly title: string;
  readonly x: ReturnType<typeof axisOf>;
  readonly positive: string;
}

function drawRates({ points, unknown, overall }: RatesByNumber, { title, x, positive }: RatesDrawing): Html {
  const options: ChartOptions = {
    title,
    note: `The band shows where a share may lie but for chance (95 %). ${unknown ? `Where it is not known (${rowsText(unknown.rows)}): ${formatShare(unknown.share)}.` : ''}`,
  };
  return lineChart(
    [
      {
        name: positive,
        dots: true,
        points: points.map(({ x: at, share, low, high }) => ({ x: at, y: share, low, high })),
      },
    ],
    {
      ...options,
      x,
      y: rateAxis(positive),
      rules: [{ y: overall, label: `all rows: ${formatShare(overall)}` }],
    },
  );
}

function rangeText({ values }: ViewedColumn, from: number, to: number): string {
  const text = (value: number) => (values === 'days' ? shownNumber(value, { scale: 'date' }) : formatShort(value));
  const [low, high] = [text(from), text(to)];
  return low === high ? `${low}` : `${low} to ${high}`;
}

import { formatRounded } from '../../core/format-number.ts';
import type { EvaluatedCard } from '../card/card.ts';
import { FEWEST_ROWS, type Segment } from '../card/segments.ts';
import { bySegment } from '../card/tables.ts';
import { meanError, NAME, some } from '../card/words.ts';
import { barChart } from '../charts/bar-chart.ts';
import { chartGrid, note } from '../html/blocks.ts';
import { type Html, html } from '../html/html.ts';
import { shownText } from '../html/shown-text.ts';
import { htmlOf } from '../markdown-html.ts';

const MOST_BARS = 24;
const MOST_NAMED = 8;
/** So many characters have room beside a small picture. */
const SHORT = 22;
/** Of a normal distribution 95 % lie within so many standard errors. */
const Z = 1.96;

interface Evaluated {
  readonly card: EvaluatedCard;
  readonly ranges: readonly Segment[];
}

/** Whether errors are larger for some rows than for others. */
export function drawSegments({ card, ranges }: Evaluated): Html {
  const segments = card.segments.slice(0, MOST_BARS);
  if (segments.length + ranges.length === 0)
    return note(`Nothing can be told of single groups: none has ${FEWEST_ROWS} held-out rows.`);
  const worse = [...card.segments, ...ranges].filter(({ isWorse }) => isWorse);
  return html`<p>${
    worse.length === 0
      ? 'No group of rows is predicted worse than all rows by more than chance explains.'
      : `Worse than all rows, by a fifth and more than chance explains: ${some(worse.map(labelOf), MOST_NAMED)}.`
  }</p>
${chartGrid([
  ...(segments.length > 0 ? [barsOf('By level', segments, card)] : []),
  ...(ranges.length > 0 ? [barsOf('By quarter of the rows', ranges, card)] : []),
])}
${htmlOf(bySegment(card), 'Errors by level')}`;
}

function barsOf(title: string, segments: readonly Segment[], card: EvaluatedCard): Html {
  const overall = meanError(card);
  const isNumber = card.kind === 'number';
  const unit = isNumber ? card.target.unit : undefined;
  const labels = segments.map(labelOf);
  return barChart(
    segments.map((segment, i) => ({
      label: labels[i] as string,
      value: segment.error,
      low: Math.max(0, segment.error - Z * segment.standardError),
      high: segment.error + Z * segment.standardError,
      mark: overall,
      strong: segment.isWorse,
    })),
    {
      // Long names have no room on a phone: the picture scrolls there.
      size: labels.some((label) => label.length > SHORT) ? 'wide' : 'small',
      title: `${isNumber ? 'Mean absolute error' : 'Log loss'} ${title.toLowerCase()}`,
      x: { title: isNumber ? 'Mean absolute error' : 'Log loss', unit, format: (value) => formatRounded(value) },
      names: { bar: 'these rows', mark: 'all rows' },
      labels: 'Rows with',
      note: 'Error bars are 95 % confidence intervals. Of dozens of groups some differ by chance; those that are strong do so clearly.',
    },
  );
}

const labelOf = ({ column, value }: Segment) =>
  `${shownText(column.title, NAME)}: ${value === null ? 'not known' : shownText(value, NAME)}`;

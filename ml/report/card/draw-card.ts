// The card in words that need no statistics, as Markdown.

import { formatRounded } from '../../core/format-number.ts';
import type { Column } from '../../data/declaration.ts';
import { formatOf } from '../../data/kinds/date.ts';
import { isoText } from '../../data/kinds/iso-date.ts';
import { COVERAGE } from '../../explain/intervals.ts';
import type { Metric } from '../../selection/metric.ts';
import type { Task } from '../../selection/task.ts';
import { bar, count, plain, table } from '../markdown.ts';
import type { ModelCard } from './card.ts';
import type { SeenRange } from './gaps.ts';
import { FEWEST_ROWS, type Segment } from './segments.ts';

// A comment takes 65,536 characters, and nobody reads more.
const MOST_GAPS = 10;
const MOST_LEVELS = 6;
const MOST_NAMES = 12;
const MOST_SEGMENTS = 20;
const MOST_COLUMNS = 15;
const NAME = 40;
/** A mean of fewer held-out rows may well be another by a third. */
const FEW_HELD = 50;

const right = 'right' as const;

/** The card's paragraphs. */
export function drawCard(card: ModelCard, { objective }: Task): string[] {
  return [
    fitFor(card),
    onHeldOutRows(card),
    takeCare(card),
    notFitFor(card),
    whatMatters(card, objective),
    bySegment(card),
    worstErrors(card),
  ];
}

const name = ({ title }: Column) => plain(title, NAME);
const list = (lines: readonly string[]) => lines.map((line) => `- ${line}`).join('\n');

/** The first names, and how many more there are. */
function some(names: readonly string[], most: number): string {
  const left = names.length - most;
  return `${names.slice(0, most).join(', ')}${left > 0 ? `, … ${count(left)} more` : ''}`;
}

/** A number of the target's, with its unit. */
function amount(value: number, { target: { unit } }: ModelCard): string {
  return `${formatRounded(value)}${unit === undefined ? '' : ` ${plain(unit, NAME)}`}`;
}

function fitFor({ target, rows, period, groups }: ModelCard): string {
  const when = period ? `, of ${plain(period.learned.join(' to '))} (${name(period.column)})` : '';
  const whose = groups ? `, of ${count(groups.learned)} different values of ${name(groups.column)}` : '';
  const others = groups ? ' It may be asked about others than those.' : '';
  return `**Fit for** predicting ${name(target)} of records like the ${count(rows.learned)} rows that it learned from${when}${whose}.${others}`;
}

function onHeldOutRows(card: ModelCard): string {
  const { rows, period, groups, errors, coverage } = card;
  const later = period ? `, of ${plain(period.held.join(' to '))}` : '';
  const others = groups ? `, of ${count(groups.held)} other values of ${name(groups.column)}` : '';
  const part = rows.measured < rows.held ? ` (${count(rows.measured)} of them, drawn at random)` : '';
  const { always } = errors;
  return [
    `On ${count(rows.held)} rows that it had never seen${later}${others}${part}${rows.held < FEW_HELD ? ', so few that what follows is rough' : ''}:`,
    list([
      `it was off by **${amount(errors.mean, card)}** on average; always saying the mean, ${amount(always.prediction, card)}, would have been off by ${amount(always.mean, card)}`,
      `half of its predictions were off by at most ${amount(errors.half, card)}, nine in ten by at most ${amount(errors.most, card)}`,
      ...(coverage === undefined
        ? []
        : [
            `the true value was within the interval of its prediction in ${percent(coverage)} of the rows; ${percent(COVERAGE)} is what intervals aim at`,
          ]),
    ]),
  ].join('\n\n');
}

const percent = (share: number) => `${Math.round(100 * share)} %`;

/** "Lunch: standard". */
const nameOf = ({ column, value }: Segment) =>
  `${name(column)}: ${value === null ? '*not known*' : plain(value, NAME)}`;

function takeCare(card: ModelCard): string {
  const { segments, errors } = card;
  const worse = segments.filter(({ isWorse }) => isWorse);
  const missed = segments.filter(({ isMissed }) => isMissed);
  if (worse.length + missed.length === 0) {
    if (segments.length === 0) return tooFewToJudge(card);
    return `No group of rows stands out: none of the ${count(segments.length)} below is predicted worse than the others by more than chance explains.`;
  }
  const lines = [
    ...worse.map(
      (each) =>
        `${nameOf(each)}: off by ${amount(each.error, card)} on average, over all rows by ${amount(errors.mean, card)}`,
    ),
    ...missed.map(
      (each) => `${nameOf(each)}: only ${percent(each.coverage ?? 0)} of the true values were within their intervals`,
    ),
  ];
  const shown = lines.slice(0, MOST_GAPS);
  if (lines.length > shown.length) shown.push(`… and ${count(lines.length - shown.length)} more`);
  return `**Take care** where it does worse, by more than chance explains:\n\n${list(shown)}`;
}

/** Where rows have groups, but none has enough rows. */
function tooFewToJudge({ columns, groups }: ModelCard): string {
  if (!groups && !columns.some(({ kind }) => kind === 'categorical')) return '';
  return `Whether it does worse for some groups of rows is not known: none has ${FEWEST_ROWS} held-out rows.`;
}

function notFitFor({ gaps, period }: ModelCard): string {
  const { levels, ranges, neverMissing } = gaps;
  const lines = [
    ...levels.slice(0, MOST_GAPS).map(({ column, few }) => {
      const told = few.map(({ level, rows }) => `${plain(level, NAME)} (${rowsInWords(rows)})`);
      return `${name(column)}: ${some(told, MOST_LEVELS)}`;
    }),
    ...moreColumns(levels.length, 'with levels that few rows have'),
    ...ranges.slice(0, MOST_GAPS).map((range) => `${name(range.column)}: ${beyond(range)}`),
    ...moreColumns(ranges.length, 'that may lie beyond what it learned from'),
    ...(neverMissing.length === 0
      ? []
      : [`a value that is not known, of ${some(neverMissing.map(name), MOST_NAMES)}: every row had one`]),
    period
      ? `times after ${plain(period.held[1])}: it has been measured on no later row`
      : 'other times than those of the rows: no column says when they were, so nothing here tells how it ages',
  ];
  return `**Not fit for** what it has never learned from, or from fewer than ${FEWEST_ROWS} rows:\n\n${list(lines)}`;
}

const rowsInWords = (rows: number) => (rows === 0 ? 'no row' : rows === 1 ? '1 row' : `${rows} rows`);

const moreColumns = (all: number, which: string) =>
  all > MOST_GAPS ? [`… and ${count(all - MOST_GAPS)} more columns ${which}`] : [];

function beyond({ column, min, max, isOpenBelow, isOpenAbove }: SeenRange): string {
  const write = (value: number) =>
    column.kind === 'date' ? isoText(value, formatOf(column)) : formatRounded(value, 5);
  const unit = column.kind === 'numeric' && column.unit !== undefined ? ` ${plain(column.unit, NAME)}` : '';
  return [...(isOpenBelow ? [`below ${write(min)}`] : []), ...(isOpenAbove ? [`above ${write(max)}`] : [])]
    .join(' or ')
    .concat(unit);
}

function whatMatters(card: ModelCard, metric: Metric): string {
  const { importance, rows } = card;
  if (!importance || importance.columns.length === 0) return '';
  const { columns } = importance;
  const declared = new Map(card.columns.map((column) => [column.name, column]));
  const largest = Math.max(...columns.map(({ error }) => error));
  const shown = columns.slice(0, MOST_COLUMNS).map(({ column, drop, deviation, error }) => {
    const known = declared.get(column);
    const change = signed(metric.direction === 'higher' ? -drop : drop, 3);
    return [
      known ? name(known) : plain(column),
      bar(error / largest),
      amount(Math.max(0, error), card),
      `${change} ± ${deviation.toFixed(3)}`,
    ];
  });
  const left = columns.length - shown.length;
  const part = importance.rows < rows.held ? `${count(importance.rows)} of the held-out rows` : 'the held-out rows';
  return [
    `**What matters**: so much larger are its errors on average where the values of a column are shuffled among ${part} (the mean of ${importance.shuffles} shuffles). Columns that say much the same stand in for each other, and seem to matter less than they do.`,
    table(
      [
        { title: 'shuffled' },
        { title: '' },
        { title: 'error grows by', align: right },
        { title: metric.title, align: right },
      ],
      shown,
    ),
    ...(left > 0 ? [`… and ${count(left)} columns that matter less.`] : []),
  ].join('\n\n');
}

/** A change with its sign, as a table shows it; none where it rounds to nothing. */
function signed(change: number, digits: number): string {
  const size = Math.abs(change).toFixed(digits);
  if (Number(size) === 0) return size;
  return `${change > 0 ? '+' : '−'}${size}`;
}

function bySegment(card: ModelCard): string {
  const { segments, coverage } = card;
  if (segments.length === 0) return '';
  const shown = segments.slice(0, MOST_SEGMENTS);
  const left = segments.length - shown.length;
  return [
    `**How it does by group**, of those with at least ${FEWEST_ROWS} held-out rows, the largest errors first${left > 0 ? ` (${count(left)} more do better)` : ''}:`,
    table(
      [
        { title: 'rows with' },
        { title: 'held out', align: right },
        { title: 'off by, on average', align: right },
        ...(coverage === undefined ? [] : [{ title: 'within the interval', align: right }]),
      ],
      shown.map((each) => [
        nameOf(each),
        count(each.rows),
        mark(amount(each.error, card), each.isWorse),
        ...(each.coverage === undefined ? [] : [mark(percent(each.coverage), each.isMissed)]),
      ]),
    ),
  ].join('\n\n');
}

const mark = (text: string, isMarked: boolean) => (isMarked ? `**${text}**` : text);

function worstErrors(card: ModelCard): string {
  const { worst } = card;
  const [first] = worst;
  if (!first) return '';
  return [
    '**Its largest errors** on held-out rows (by their lines in test\\.csv):',
    table(
      [
        { title: 'line', align: right },
        { title: 'predicted', align: right },
        ...(first.interval ? [{ title: 'interval' }] : []),
        { title: 'truth', align: right },
        ...first.values.map(({ column }) => ({ title: name(column) })),
      ],
      worst.map(({ line, prediction, interval, truth, values }) => [
        String(line),
        formatRounded(prediction),
        ...(interval ? [interval.map((end) => formatRounded(end)).join(' to ')] : []),
        formatRounded(truth),
        ...values.map(({ text }) => (text === null ? '*not known*' : plain(text, NAME))),
      ]),
    ),
  ].join('\n\n');
}

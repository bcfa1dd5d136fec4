// The card in words that need no statistics, as Markdown.

import { formatRounded } from '../../core/format-number.ts';
import { kindOf } from '../../data/kinds/index.ts';
import { withUnits } from '../../data/kinds/with-unit.ts';
import { COVERAGE } from '../../explain/intervals.ts';
import type { Task } from '../../selection/task.ts';
import { count, plain } from '../markdown.ts';
import type { ModelCard, NumberCard } from './card.ts';
import { classesOnHeldOut, confusion, curves, distribution, reliability } from './draw-classes.ts';
import type { SeenRange } from './gaps.ts';
import { FEWEST_ROWS } from './segments.ts';
import { bySegment, whatMatters, worstErrors } from './tables.ts';
import {
  amount,
  errorsInWords,
  list,
  meanError,
  NAME,
  percent,
  rangeWord,
  segmentName,
  some,
  titleOf,
} from './words.ts';

// A comment takes 65,536 characters, and nobody reads more.
const MOST_GAPS = 10;
const MOST_LEVELS = 6;
const MOST_NAMES = 12;
/** A mean of fewer held-out rows may well be another by a third. */
const FEW_HELD = 50;

/** The card's paragraphs. */
export function drawCard(card: ModelCard, { objective }: Task): string[] {
  return [
    ...whomItIsFor(card),
    whatMatters(card, objective),
    bySegment(card),
    ...(card.kind === 'class' ? [confusion(card), reliability(card), curves(card), distribution(card)] : []),
    worstErrors(card),
  ];
}

/** Those that say whom the model is fit for, and whom not. */
export function whomItIsFor(card: ModelCard): string[] {
  return [fitFor(card), onHeldOutRows(card), takeCare(card), notFitFor(card)];
}

function fitFor({ target, rows, period, groups }: ModelCard): string {
  const when = period ? `, of ${plain(period.learned.join(' to '))} (${titleOf(period.column)})` : '';
  const whose = groups ? `, of ${count(groups.learned)} different values of ${titleOf(groups.column)}` : '';
  const others = groups ? ' It may be asked about others than those.' : '';
  return `**Fit for** predicting ${titleOf(target)} of records like the ${count(rows.learned)} rows that it learned from${when}${whose}.${others}`;
}

function onHeldOutRows(card: ModelCard): string {
  const { rows, period, groups, coverage } = card;
  const later = period ? `, of ${plain(period.held.join(' to '))}` : '';
  const others = groups ? `, of ${count(groups.held)} other values of ${titleOf(groups.column)}` : '';
  const part = rows.measured < rows.held ? ` (${count(rows.measured)} of them, drawn at random)` : '';
  return [
    `On ${count(rows.held)} rows that it had never seen${later}${others}${part}${rows.held < FEW_HELD ? ', so few that what follows is rough' : ''}:`,
    list([
      ...(card.kind === 'number' ? numbersOnHeldOut(card) : classesOnHeldOut(card)),
      ...(coverage === undefined ? [] : [coverageInWords(coverage, card)]),
    ]),
  ].join('\n\n');
}

function coverageInWords(coverage: number, { kind }: ModelCard): string {
  const [share, aim] = [coverage, COVERAGE].map(percent);
  return kind === 'number'
    ? `the true value was within the interval of its prediction in ${share} of the rows; ${aim} is what intervals aim at`
    : `the true class was within the prediction set in ${share} of the rows; sets aim at ${aim} of each class`;
}

function numbersOnHeldOut(card: NumberCard): string[] {
  const { mean, half, most, always } = card.errors;
  return [
    `it was off by **${amount(mean, card)}** on average; always saying the mean, ${amount(always.prediction, card)}, would have been off by ${amount(always.mean, card)}`,
    `half of its predictions were off by at most ${amount(half, card)}, nine in ten by at most ${amount(most, card)}`,
  ];
}

function takeCare(card: ModelCard): string {
  const { segments } = card;
  const worse = segments.filter(({ isWorse }) => isWorse);
  const missed = segments.filter(({ isMissed }) => isMissed);
  if (worse.length + missed.length === 0) {
    if (segments.length === 0) return tooFewToJudge(card);
    return `No group of rows stands out: none of the ${count(segments.length)} below is predicted worse than the others by more than chance explains.`;
  }
  const lines = [
    ...worse.map((each) => `${segmentName(each)}: ${errorsInWords(each.error, meanError(card), card)}`),
    ...missed.map(
      (each) =>
        `${segmentName(each)}: only ${percent(each.coverage ?? 0)} of the true ${card.kind === 'number' ? 'values' : 'classes'} were within their ${rangeWord(card)}s`,
    ),
  ];
  const shown = lines.slice(0, MOST_GAPS);
  if (lines.length > shown.length) shown.push(`… and ${count(lines.length - shown.length)} more`);
  return `**Take care** where it does worse, by more than chance explains:\n\n${list(shown)}`;
}

/** Where rows have groups, but none has enough rows. */
function tooFewToJudge({ columns, groups }: ModelCard): string {
  if (!groups && !columns.some((column) => kindOf(column).levels)) return '';
  return `Whether it does worse for some groups of rows is not known: none has ${FEWEST_ROWS} held-out rows.`;
}

function notFitFor({ gaps, period }: ModelCard): string {
  const { levels, ranges, neverMissing } = gaps;
  const lines = [
    ...levels.slice(0, MOST_GAPS).map(({ column, few }) => {
      const told = few.map(({ level, rows }) => `${plain(level, NAME)} (${rowsInWords(rows)})`);
      return `${titleOf(column)}: ${some(told, MOST_LEVELS)}`;
    }),
    ...moreColumns(levels.length, 'with levels that few rows have'),
    ...ranges.slice(0, MOST_GAPS).map((range) => `${titleOf(range.column)}: ${beyond(range)}`),
    ...moreColumns(ranges.length, 'that may lie beyond what it learned from'),
    ...(neverMissing.length === 0
      ? []
      : [`a value that is not known, of ${some(neverMissing.map(titleOf), MOST_NAMES)}: every row had one`]),
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
  const kind = kindOf(column);
  const { values, writer } = kind;
  const write = (value: number) => (values === 'days' ? writer([])(value) : formatRounded(value, 5));
  const ends = [...(isOpenBelow ? ['below'] : []), ...(isOpenAbove ? ['above'] : [])];
  const numbers = [...(isOpenBelow ? [min] : []), ...(isOpenAbove ? [max] : [])].map(write);
  return withUnits(numbers, kind, (unit) => plain(unit, NAME))
    .map((number, i) => `${ends[i]} ${number}`)
    .join(' or ');
}

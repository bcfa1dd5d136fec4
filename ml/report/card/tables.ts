// What of a card stands in tables, as Markdown.

import { formatRounded } from '../../core/format-number.ts';
import type { Metric } from '../../selection/metric.ts';
import { bar, count, plain, table } from '../markdown.ts';
import type { EvaluatedCard, ModelCard } from './card.ts';
import { FEWEST_ROWS } from './segments.ts';
import { amount, errorText, givenText, NAME, percent, rangeWord, segmentName, some, titleOf } from './words.ts';
import type { WorstClass, WorstNumber } from './worst.ts';

// A comment takes 65,536 characters, and nobody reads more.
const MOST_SEGMENTS = 20;
const MOST_COLUMNS = 15;
const MOST_IN_SET = 4;

const right = 'right' as const;

export function whatMatters(card: ModelCard, metric: Metric): string {
  const { importance, rows } = card;
  if (!importance || importance.columns.length === 0) return '';
  const { columns } = importance;
  const declared = new Map(card.columns.map((column) => [column.name, column]));
  const largest = Math.max(...columns.map(({ error }) => error));
  const shown = columns.slice(0, MOST_COLUMNS).map(({ column, drop, deviation, error }) => {
    const known = declared.get(column);
    const change = signed(metric.direction === 'higher' ? -drop : drop, 3);
    return [
      known ? titleOf(known) : plain(column),
      bar(largest > 0 ? Math.max(0, error) / largest : 0),
      ...(card.kind === 'number' ? [amount(Math.max(0, error), card)] : []),
      `${change} ± ${deviation.toFixed(3)}`,
    ];
  });
  const left = columns.length + (importance.others ?? 0) - shown.length;
  const part = importance.rows < rows.held ? `${count(importance.rows)} of the held-out rows` : 'the held-out rows';
  const worse =
    card.kind === 'number' ? 'so much larger are its errors on average' : `so much worse is its ${metric.title}`;
  return [
    `**What matters** (permutation importance): ${worse} where the values of a column are shuffled among ${part} (the mean of ${importance.shuffles} shuffles). Columns that say much the same stand in for each other, and seem to matter less than they do.`,
    table(
      [
        { title: 'shuffled' },
        { title: '' },
        ...(card.kind === 'number' ? [{ title: 'error grows by', align: right }] : []),
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

export function bySegment(card: EvaluatedCard): string {
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
        { title: card.kind === 'number' ? 'mean absolute error' : 'log loss', align: right },
        ...(coverage === undefined ? [] : [{ title: `within the ${rangeWord(card)}`, align: right }]),
      ],
      shown.map((each) => [
        segmentName(each),
        count(each.rows),
        mark(errorText(each.error, card), each.isWorse),
        ...(each.coverage === undefined ? [] : [mark(percent(each.coverage), each.isMissed)]),
      ]),
    ),
  ].join('\n\n');
}

const mark = (text: string, isMarked: boolean) => (isMarked ? `**${text}**` : text);

export function worstErrors(card: ModelCard): string {
  const [first] = card.worst;
  if (!first) return '';
  const isBounded = card.kind === 'number' ? card.worst[0]?.interval : card.worst[0]?.set;
  return [
    '**Its largest errors** on held-out rows (by their lines in test\\.csv):',
    table(
      [
        { title: 'line', align: right },
        { title: 'predicted', align: right },
        ...(isBounded ? [{ title: rangeWord(card), ...(card.kind === 'number' && { align: right }) }] : []),
        { title: 'actual', align: right },
        ...first.values.map(({ column }) => ({ title: titleOf(column) })),
      ],
      card.kind === 'number' ? card.worst.map(worstNumber) : card.worst.map(worstClass),
    ),
  ].join('\n\n');
}

const worstNumber = ({ line, prediction, interval, truth, values }: WorstNumber) => [
  String(line),
  formatRounded(prediction),
  ...(interval ? [interval.map((end) => formatRounded(end)).join(' to ')] : []),
  formatRounded(truth),
  ...textsOf(values),
];

const worstClass = ({ line, prediction, probability, set, truth, ofTruth, values }: WorstClass) => [
  String(line),
  givenText(prediction, probability),
  ...(set
    ? [
        some(
          set.map((level) => plain(level, NAME)),
          MOST_IN_SET,
        ),
      ]
    : []),
  givenText(truth, ofTruth),
  ...textsOf(values),
];

const textsOf = (values: WorstNumber['values']) =>
  values.map(({ text }) => (text === null ? '*not known*' : plain(text, NAME)));

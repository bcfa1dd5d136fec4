// What a prediction is made of, and how sure it is, for a terminal.

import { formatExact, formatRounded } from '../ml/core/format-number.ts';
import { withUnit, withUnits } from '../ml/data/kinds/with-unit.ts';
import type { Explanation } from '../ml/explain/explanation.ts';
import type { NumberPredictor, Predictor } from '../ml/pipeline/predictor.ts';
import { textTable } from './output.ts';

/** Of a prediction. */
export const DIGITS = 5;
const BAR = 20;
const MOST_OUTSIDE = 10;
/** What is as small beside the largest contribution is what rounding left. */
const NEGLIGIBLE = 1e-6;

/** "Maths score: 92.76 points (release 12ab…)". */
export function predictionText(prediction: number, { target, release }: NumberPredictor): string {
  return `${target.title}: ${withUnit(formatRounded(prediction, DIGITS), target)} (release ${release})`;
}

/** Where the true value lies, in a sentence. */
export function intervalText(interval: Explanation['interval'], { target }: NumberPredictor): string {
  if (interval === null) return 'How far it may be off is not known of this release.';
  const ends = interval.map((end) => formatRounded(end, DIGITS));
  return `In nine of ten cases the true value is ${withUnits(ends, target).join(' to ')}.`;
}

/** What moved a prediction from what the model says on average, field by field, the furthest first, and what it has not learned from. */
export function explanationText(
  { interval, base, contributions, method, outside }: Explanation,
  predictor: NumberPredictor,
  record: Readonly<Record<string, unknown>>,
): string {
  const from = withUnit(formatRounded(base, DIGITS), predictor.target);
  return [
    method === 'sampled'
      ? `Of a typical record the model predicts ${from}. From there, as far as samples tell:`
      : `On average the model predicts ${from}. From there:`,
    movesText(contributions, predictor, record),
    ...outsideLines(outside, interval === null ? undefined : 'so that the interval may be too narrow'),
  ].join('\n');
}

/**
 * What each field added, as a table, the furthest first.
 *
 * @param meaning what a contribution comes to in other words, in a column of its own
 */
export function movesText(
  contributions: Explanation['contributions'],
  { features }: Predictor,
  record: Readonly<Record<string, unknown>>,
  meaning?: (by: number) => string,
): string {
  const furthest = Math.max(...Object.values(contributions).map(Math.abs));
  const moves = features
    .map(({ name }) => ({ name, by: contributions[name] ?? 0 }))
    .map(({ name, by }) => ({ name, by: Math.abs(by) <= NEGLIGIBLE * furthest ? 0 : by }))
    .sort((a, b) => Math.abs(b.by) - Math.abs(a.by));
  const rows = moves.map(({ name, by }) => [
    `  ${name}`,
    shownValue(record[name]),
    `${by > 0 ? '+' : ''}${formatRounded(by, DIGITS)}`,
    ...(meaning ? [meaning(by)] : []),
    (by > 0 ? '█' : '░').repeat(furthest > 0 ? Math.round((BAR * Math.abs(by)) / furthest) : 0),
  ]);
  const more = meaning ? ['odds'] : [];
  return textTable(['  field', 'value', 'contribution', ...more, ''], rows, ['contribution', ...more]);
}

/** @param doubt what follows for how sure the prediction is */
export function outsideLines(outside: Explanation['outside'], doubt: string | undefined): string[] {
  if (outside.length === 0) return [];
  const told = outside.slice(0, MOST_OUTSIDE).map(({ message }) => `  ${message}`);
  const left = outside.length - told.length;
  return [
    `The model has not learned from records like this one${doubt === undefined ? '' : `, ${doubt}`}:`,
    ...told,
    ...(left > 0 ? [`  … and ${left} more`] : []),
  ];
}

const shownValue = (value: unknown) =>
  value === null ? 'not known' : typeof value === 'number' ? formatExact(value) : String(value);

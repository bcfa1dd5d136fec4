// Which class a record is of, and how sure that is, for a terminal.

import { formatRounded, formatShare } from '../ml/core/format-number.ts';
import type { ClassExplanation, ClassPrediction } from '../ml/explain/explanation.ts';
import { rankedClasses } from '../ml/explain/ranked-classes.ts';
import type { ClassPredictor } from '../ml/pipeline/predictor.ts';
import { DIGITS, movesText, outsideLines } from './explanation-text.ts';
import { textTable } from './output.ts';

const BAR = 20;
/** What a set promises: of all records, and not of this one alone. */
const NINE_IN_TEN = 'Nine in ten records are of a class that is named for them in this way.';
/** The others are summed. */
const MOST_SHOWN = 10;

/** "Left within three months: yes (release 12ab…)", and how probable each class is, the most probable first. */
export function classText(predicted: ClassPrediction, { target, release }: ClassPredictor): string {
  const { shown, others } = rankedClasses(predicted, MOST_SHOWN);
  const rest = others ? [[`the ${others.count} others together`, others.probability] as const] : [];
  const table = textTable(
    ['  class', 'probability', ''],
    [...shown, ...rest].map(([name, share]) => [`  ${name}`, formatShare(share), '█'.repeat(Math.round(BAR * share))]),
    ['probability'],
  );
  return `${target.title}: ${predicted.prediction} (release ${release})\n${table}`;
}

/** What it could be, in a sentence or two. */
export function setText({ set, prediction }: Pick<ClassExplanation, 'set' | 'prediction'>): string {
  if (set === null) return 'What else it could be is not known of this release.';
  if (set.length === 0)
    return `None of the classes is likely: nine in ten records of each are predicted more surely. ${NINE_IN_TEN}`;
  const isPredicted = set.includes(prediction);
  if (set.length === 1 && isPredicted) return `The model is sure enough of: ${prediction}. ${NINE_IN_TEN}`;
  const [last, ...others] = set.toReversed() as [string, ...string[]];
  const named = others.length > 0 ? `${others.reverse().join(', ')} or ${last}` : last;
  const doubt = isPredicted ? '' : ` Nine in ten records of the class ${prediction} are predicted more surely.`;
  return `It could be ${named}.${doubt} ${NINE_IN_TEN}`;
}

/** What moved the odds of a class from where the model starts, field by field, the furthest first, and what it has not learned from. */
export function classExplanationText(
  { of, base, contributions, method, outside }: ClassExplanation,
  predictor: ClassPredictor,
  record: Readonly<Record<string, unknown>>,
): string {
  const start = formatShare(1 / (1 + Math.exp(-base)));
  const logOdds = `log-odds ${formatRounded(base, DIGITS)}`;
  return [
    method === 'sampled'
      ? `A typical record has ${start} for ${of} (${logOdds}). From there, as far as samples tell, in log-odds:`
      : `The model starts from ${start} for ${of} (${logOdds}). From there, in log-odds:`,
    movesText(contributions, predictor, record, (by) => `× ${formatRounded(Math.exp(by), 2)}`),
    ...outsideLines(outside, 'so that it may be less sure than it seems'),
  ].join('\n');
}

import {
  type Control,
  clip,
  dateRange,
  type FeatureColumn,
  featureKindOf,
  type Issue,
  rangeInWords,
} from '../../../ml/serving.ts';
import type { Submission } from './submission.ts';

const MAX_VALUE = 100;
const NOT_KNOWN = 'Not known';

/** A field as the page shows it. */
export interface Field {
  readonly column: FeatureColumn;
  readonly control: Control;
  /** What was entered. */
  readonly value: string;
  readonly isNotKnown: boolean;
  /** What says that the value is not known; other words where an option has these. */
  readonly notKnownLabel: string;
  readonly hint: string | undefined;
  readonly error: string | undefined;
}

export function fieldOf(column: FeatureColumn, submission: Submission | undefined, issues: readonly Issue[]): Field {
  const { name } = column;
  const control = featureKindOf(column).control();
  const text = submission?.texts.get(name)?.[0]?.trim() ?? '';
  const isNotKnown = submission?.notKnown.has(name) ?? false;
  const issue = issues.find(({ path }) => path === name);
  // The levels stand on the page already, so of an empty field no more is said than what to do.
  const error = issue && (text === '' && !isNotKnown ? missing(control) : issue.message);
  const isTaken =
    'options' in control && control.options.some(({ label }) => label.toLowerCase() === NOT_KNOWN.toLowerCase());
  const notKnownLabel = isTaken ? 'No answer' : NOT_KNOWN;
  const hint = hintOf(column, control);
  return { column, control, value: clip(text, MAX_VALUE), isNotKnown, notKnownLabel, hint, error };
}

function missing(control: Control): string {
  if ('options' in control) return `is missing: choose one, or “${NOT_KNOWN}”`;
  return `is missing: enter a ${control.control === 'number' ? 'number' : 'date'}, or tick “${NOT_KNOWN}”`;
}

function hintOf(column: FeatureColumn, control: Control): string | undefined {
  const { unit = '', limits, writer } = featureKindOf(column);
  const end = (days: number | undefined) => (days === undefined ? undefined : writer([])(days));
  switch (control.control) {
    case 'number':
      return `${rangeInWords(limits) ?? ''} ${unit}`.trim() || undefined;
    case 'date':
      return (
        [dateRange({ min: end(limits.min), max: end(limits.max) }), control.hasTime ? 'UTC' : undefined]
          .filter((part) => part !== undefined)
          .join(', ') || undefined
      );
    case 'text':
      return control.example;
    default:
      return undefined;
  }
}

import { clip, dateRange, type FeatureColumn, type Issue, rangeInWords } from '../../../ml/index.ts';
import type { Submission } from './submission.ts';

const MAX_VALUE = 100;
const NOT_KNOWN = 'Not known';

/** A field as the page shows it. */
export interface Field {
  readonly column: FeatureColumn;
  /** What was entered. */
  readonly value: string;
  readonly isNotKnown: boolean;
  /** What says that the value is not known; other words where a level has these. */
  readonly notKnownLabel: string;
  readonly hint: string | undefined;
  readonly error: string | undefined;
}

export function fieldOf(column: FeatureColumn, submission: Submission | undefined, issues: readonly Issue[]): Field {
  const { name } = column;
  const text = submission?.texts.get(name)?.[0]?.trim() ?? '';
  const isNotKnown = submission?.notKnown.has(name) ?? false;
  const issue = issues.find(({ path }) => path === name);
  // The levels stand on the page already, so of an empty field no more is said than what to do.
  const error = issue && (text === '' && !isNotKnown ? missing(column) : issue.message);
  const isTaken =
    column.kind === 'categorical' && column.levels.some((level) => level.toLowerCase() === NOT_KNOWN.toLowerCase());
  const notKnownLabel = isTaken ? 'No answer' : NOT_KNOWN;
  return { column, value: clip(text, MAX_VALUE), isNotKnown, notKnownLabel, hint: hintOf(column), error };
}

function missing({ kind }: FeatureColumn): string {
  return kind === 'categorical'
    ? `is missing: choose one, or “${NOT_KNOWN}”`
    : `is missing: enter a ${kind === 'date' ? 'date' : 'number'}, or tick “${NOT_KNOWN}”`;
}

function hintOf(column: FeatureColumn): string | undefined {
  if (column.kind === 'categorical') return undefined;
  if (column.kind === 'date') {
    const zone = column.format === 'date-time' ? ['UTC'] : [];
    return [dateRange(column) ?? [], zone].flat().join(', ') || undefined;
  }
  return `${rangeInWords(column) ?? ''} ${column.unit ?? ''}`.trim() || undefined;
}

import { formatRounded } from '../core/format-number.ts';
import { shortList } from '../core/short-list.ts';
import { levelCodes, numberFrom } from './cell.ts';
import { cellProblem } from './cell-problem.ts';
import { allowed, type FeatureColumn } from './declaration.ts';
import { dateParser } from './kinds/date.ts';
import { accepts } from './kinds/numeric.ts';
import type { RecordIssues } from './record-issues.ts';
import type { Table } from './table.ts';

/** What one prediction is made from: a value for each feature, null where it is not known. */
export type FeatureRecord = Readonly<Record<string, number | string | null>>;

/**
 * A function that checks a record: each feature is there, and nothing else is. It adds what is wrong to `issues`, whose keys
 * start with `prefix`, and costs little however much that is.
 * A missing value is said by null; a field left out is a mistake, since a misspelt one looks the same.
 */
export function recordChecker(
  features: readonly FeatureColumn[],
): (record: unknown, issues: RecordIssues, prefix?: readonly number[]) => record is FeatureRecord {
  const fields = features.map((column) => ({ column, name: column.name, fits: valueCheck(column) }));
  const names = new Set(features.map(({ name }) => name));
  const list = shortList([...names]);
  return (record, issues, prefix = []): record is FeatureRecord => {
    if (typeof record !== 'object' || record === null || Array.isArray(record)) {
      issues.add(prefix, () => `must be an object with the fields: ${list}`);
      return false;
    }
    let right = true;
    const refuse = (name: string, message: () => string) => {
      right = false;
      issues.add([...prefix, name], message);
    };
    for (const { column, name, fits } of fields) {
      const value = Object.hasOwn(record, name) ? (record as Record<string, unknown>)[name] : undefined;
      if (value === undefined) refuse(name, () => `is required: ${allowed(column)}`);
      else if (value !== null && !fits(value)) refuse(name, () => refusal(column, value));
    }
    for (const key of Object.keys(record))
      if (!names.has(key)) refuse(key, () => `not a field; the fields are: ${list}`);
    return right;
  };
}

function valueCheck(column: FeatureColumn): (value: unknown) => boolean {
  if (column.kind === 'numeric') return (value) => typeof value === 'number' && accepts(column, value);
  if (column.kind === 'date') {
    const parse = dateParser(column);
    return (value) => typeof value === 'string' && parse(value) !== undefined;
  }
  const levels = new Set(column.levels);
  return (value) => typeof value === 'string' && (levels.has(value) || levels.has(value.normalize()));
}

function refusal(column: FeatureColumn, value: unknown): string {
  const beyond = value === Infinity || value === -Infinity;
  if (beyond)
    return `is beyond what a number can hold (${formatRounded(Number.MAX_VALUE, 2)}); must be ${allowed(column)}`;
  if (Number.isNaN(value)) return `has more digits than a number keeps; must be ${allowed(column)}`;
  const why = typeof value === 'string' && column.kind !== 'categorical' ? cellProblem(column, value) : undefined;
  if (column.kind === 'date') return `must be ${allowed(column)}${why?.remedy === undefined ? '' : `; ${why.remedy}`}`;
  return `${why?.remedy === undefined ? '' : `${why.one}; `}must be ${allowed(column)}`;
}

/** A record as a form or command line writes it; what is not a number stays text, for the check to refuse. */
export function recordFromTexts(
  features: readonly FeatureColumn[],
  texts: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const kinds = new Map(features.map(({ name, kind }) => [name, kind]));
  return Object.fromEntries(
    Object.entries(texts).flatMap(([name, text]): [string, unknown][] => {
      if (typeof text !== 'string') return [[name, text]];
      const trimmed = text.trim();
      // A field left empty is a field left out.
      if (trimmed === '' && kinds.has(name)) return [];
      return [[name, kinds.get(name) === 'numeric' ? (numberFrom(trimmed) ?? trimmed) : trimmed]];
    }),
  );
}

/** A function from checked records to a table; made once, since it serves every request. */
export function recordEncoder(features: readonly FeatureColumn[]): (records: readonly FeatureRecord[]) => Table {
  const encoders = features.map((column) => ({ name: column.name, encode: valueEncoder(column) }));
  return (records) => ({
    rows: records.length,
    columns: new Map(
      encoders.map(({ name, encode }) => [name, Float64Array.from(records, (record) => encode(record[name] ?? null))]),
    ),
  });
}

function valueEncoder(column: FeatureColumn): (value: number | string | null) => number {
  if (column.kind === 'numeric') return (value) => (value === null ? Number.NaN : (value as number));
  if (column.kind === 'date') {
    const parse = dateParser(column);
    return (value) => (value === null ? Number.NaN : (parse(value as string) as number));
  }
  const codes = levelCodes(column);
  const codeOf = (level: string) => codes.get(level) ?? codes.get(level.normalize());
  return (value) => (value === null ? Number.NaN : (codeOf(value as string) as number));
}

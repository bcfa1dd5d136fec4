import { formatRounded } from '../core/format-number.ts';
import { shortList } from '../core/short-list.ts';
import { isNot } from './cell-problem.ts';
import type { FeatureColumn } from './declaration.ts';
import { featureKindOf } from './kinds/index.ts';
import type { CellReading } from './kinds/reading.ts';
import type { RecordIssues } from './record-issues.ts';
import type { Table } from './table.ts';

/** What one prediction is made from: a value for each feature, null where it is not known. */
export type FeatureRecord = Readonly<Record<string, number | string | boolean | null>>;

/**
 * A function that checks a record: each feature is there, and nothing else is. It adds what is wrong to `issues`, whose keys
 * start with `prefix`, and costs little however much that is.
 * A missing value is said by null; a field left out is a mistake, since a misspelt one looks the same.
 */
export function recordChecker(
  features: readonly FeatureColumn[],
  declared: CellReading = {},
): (record: unknown, issues: RecordIssues, prefix?: readonly number[]) => record is FeatureRecord {
  const reading = { ...declared, purpose: 'serving' } as const;
  const fields = features.map((column) => {
    const read = featureKindOf(column).valueReader(reading);
    const fits = (value: unknown) => value === null || read(value) !== undefined;
    return { column, name: column.name, fits };
  });
  const fitsOf = new Map(fields.map(({ name, fits }) => [name, fits]));
  /** Whether it has exactly the features, each with a value that it may have; nearly every record is so, and nothing is to be said of it. */
  const isRight = (record: Readonly<Record<string, unknown>>) => {
    const keys = Object.keys(record);
    if (keys.length !== fitsOf.size) return false;
    for (const key of keys) {
      const value = record[key];
      if (!fitsOf.get(key)?.(value)) return false;
    }
    return true;
  };
  const list = shortList([...fitsOf.keys()]);
  return (record, issues, prefix = []): record is FeatureRecord => {
    if (typeof record !== 'object' || record === null || Array.isArray(record)) {
      issues.add(prefix, () => `must be an object with the fields: ${list}`);
      return false;
    }
    if (isRight(record as Record<string, unknown>)) return true;
    let right = true;
    const refuse = (name: string, message: () => string) => {
      right = false;
      issues.add([...prefix, name], message);
    };
    for (const { column, name, fits } of fields) {
      const value = Object.hasOwn(record, name) ? (record as Record<string, unknown>)[name] : undefined;
      if (value === undefined) refuse(name, () => `is required: ${featureKindOf(column).allowed()}`);
      else if (!fits(value)) refuse(name, () => refusal(column, value));
    }
    for (const key of Object.keys(record))
      if (!fitsOf.has(key)) refuse(key, () => `not a field; the fields are: ${list}`);
    return right;
  };
}

function refusal(column: FeatureColumn, value: unknown): string {
  const { allowed, levels, problem } = featureKindOf(column);
  const mustBe = `must be ${allowed()}`;
  const beyond = value === Infinity || value === -Infinity;
  if (beyond) return `is beyond what a number can hold (${formatRounded(Number.MAX_VALUE, 2)}); ${mustBe}`;
  if (Number.isNaN(value)) return `has more digits than a number keeps; ${mustBe}`;
  // The levels say all that there is to say.
  const why = typeof value === 'string' && !levels ? problem(value, {}) : undefined;
  if (why?.remedy === undefined) return mustBe;
  return why.one === isNot(allowed()).one ? `${mustBe}; ${why.remedy}` : `${why.one}; ${mustBe}`;
}

/** A record as a form or command line writes it; what is not a number stays text, for the check to refuse. */
export function recordFromTexts(
  features: readonly FeatureColumn[],
  texts: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const columns = new Map(features.map((column) => [column.name, column]));
  return Object.fromEntries(
    Object.entries(texts).flatMap(([name, text]): [string, unknown][] => {
      if (typeof text !== 'string') return [[name, text]];
      const trimmed = text.trim();
      const column = columns.get(name);
      // A field left empty is a field left out.
      if (trimmed === '' && column) return [];
      return [[name, column ? featureKindOf(column).fromText(trimmed) : trimmed]];
    }),
  );
}

/** A function from checked records to a table; made once, since it serves every request. */
export function recordEncoder(
  features: readonly FeatureColumn[],
  declared: CellReading = {},
): (records: readonly FeatureRecord[]) => Table {
  const reading = { ...declared, purpose: 'serving' } as const;
  const encoders = features.map((column) => {
    const read = featureKindOf(column).valueReader(reading);
    const { name } = column;
    return (records: readonly FeatureRecord[]): [string, Float64Array] => {
      const values = new Float64Array(records.length);
      for (let i = 0; i < records.length; i++) {
        const value = records[i]?.[name] ?? null;
        values[i] = value === null ? Number.NaN : (read(value) as number);
      }
      return [name, values];
    };
  });
  return (records) => ({ rows: records.length, columns: new Map(encoders.map((encode) => encode(records))) });
}

/** What of a record was read as another level, being listed as none. */
export interface Unlisted {
  readonly column: string;
  /** A sentence without its full stop. */
  readonly message: string;
}

/** A function from a value for each feature, of a record or the cells of a row, to those that are read as another level. */
export function unlistedFinder(
  features: readonly FeatureColumn[],
  reading: CellReading,
): (given: (column: FeatureColumn) => unknown) => Unlisted[] {
  const finders = features.flatMap((column) => {
    const find = featureKindOf(column).unlisted?.(reading);
    return find ? [{ column, find }] : [];
  });
  return (given) =>
    finders.flatMap(({ column, find }) => {
      const found = find(given(column));
      return found === undefined ? [] : [{ column: column.name, message: `${column.title} ${found}` }];
    });
}

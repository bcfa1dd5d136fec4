import { z } from 'zod';
import { levelCodes, numberFrom } from './data/cell.ts';
import type { Table } from './data/table.ts';
import { accepts, allowed, type Column } from './dataset.ts';
import type { Issue } from './errors.ts';

/** What one prediction is made from: a value for each feature, null where it is not known. */
export type FeatureRecord = Readonly<Record<string, number | string | null>>;

/**
 * The schema of a record: each feature is there, once, and nothing else is.
 * A missing value is said by null; a field left out is a mistake, since a misspelt one looks the same.
 */
export function recordSchema(features: readonly Column[]): z.ZodType<FeatureRecord> {
  const fields = features.map((column) => [column.name, valueSchema(column)] as const);
  const names = features.map(({ name }) => name).join(', ');
  return z.strictObject(Object.fromEntries(fields), {
    error: ({ code }) =>
      code === 'unrecognized_keys'
        ? `not a field; the fields are: ${names}`
        : `must be an object with the fields: ${names}`,
  });
}

function valueSchema(column: Column) {
  const error = ({ input }: { input?: unknown }) =>
    input === undefined ? `is required: ${allowed(column)}` : `must be ${allowed(column)}`;
  if (column.kind === 'categorical') return z.enum(column.levels, { error }).nullable();
  return z
    .number({ error })
    .refine((value) => accepts(column, value), { error })
    .nullable();
}

/** What a failed check of a record says, an issue for each field; `prefix` leads to the record. */
export function recordIssues(error: z.ZodError, prefix: readonly (string | number)[] = []): Issue[] {
  return error.issues.flatMap((issue) => {
    const places = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    return places.map((place) => {
      const keys = [...prefix, ...(place as (string | number)[])];
      return { path: keys.join('.'), message: issue.message, keys };
    });
  });
}

/** A record as a form or command line writes it; what is not a number stays text, for the check to refuse. */
export function recordFromTexts(
  features: readonly Column[],
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
export function recordEncoder(features: readonly Column[]): (records: readonly FeatureRecord[]) => Table {
  const encoders = features.map((column) => ({ name: column.name, encode: valueEncoder(column) }));
  return (records) => ({
    rows: records.length,
    columns: new Map(
      encoders.map(({ name, encode }) => [name, Float64Array.from(records, (record) => encode(record[name] ?? null))]),
    ),
  });
}

function valueEncoder(column: Column): (value: number | string | null) => number {
  if (column.kind === 'numeric') return (value) => (value === null ? Number.NaN : (value as number));
  const codes = levelCodes(column);
  return (value) => (value === null ? Number.NaN : (codes.get(value as string) as number));
}

import { DataError, type Issue } from '../../core/errors.ts';
import { type Column, checkDeclaration, type Declaration } from '../declaration.ts';
import { ColumnSummary } from './column-summary.ts';
import { viewOf } from './column-view.ts';
import { decideDate } from './decide-date.ts';
import { namesRows } from './decide-texts.ts';

/** What is to be known of rows besides their values. */
export interface RowRoles<Name extends string = string> {
  /** The column that is predicted: one of texts is a class, one of numbers a number. */
  readonly target: Name;
  /** Of a target of two texts the one that is of interest. @default the rarer one */
  readonly positive?: string | undefined;
  /** A column of numbers that says how much each row counts. @default each counts the same */
  readonly weight?: Name | undefined;
  /** A column that says which rows belong together. @default none do */
  readonly group?: Name | undefined;
  /** A column that says when each row was. @default it is not known */
  readonly time?: Name | undefined;
}

/**
 * What the columns of rows in memory are, by the values that they have: numbers, dates (2024-01-31, or 31.01.2024), categories of the texts that occur,
 * and identifiers where each row has a text of its own. Null and undefined are values that are not known; columns that know none, or only
 * one text, are left out. It is plain data: to be looked at, and changed where it knows less than you do.
 *
 * @param rows an object for each row, whose keys are snake_case
 * @throws DataError where the values of a column are of several types, or of another one, or a column cannot be what it is named for
 */
export function inferDeclaration<Row extends object, Name extends string = keyof Row & string>(
  rows: readonly Row[],
  { target, positive, weight, group, time }: RowRoles<NoInfer<Name>>,
): Declaration {
  const values = valuesByColumn(rows);
  const roles = new Set<string>([target, weight, group, time].filter((name) => name !== undefined));
  const problems: Issue[] = [];
  const columns: Column[] = [];
  for (const [name, known] of values) {
    const type = typeof known[0];
    if ((type === 'number' || type === 'string') && known.every((value) => typeof value === type)) {
      const column = columnOf(name, known as number[] | string[], roles);
      if (column) columns.push(column);
    } else problems.push({ path: name, message: typesInWords(known) });
  }
  if (problems.length > 0) throw new DataError('the data has columns that are of no kind', { issues: problems });
  return checkDeclaration({
    name: 'rows',
    title: 'Rows',
    file: 'rows.csv',
    target,
    ...(positive !== undefined && { positive }),
    ...(weight !== undefined && { weight }),
    ...(group !== undefined && { group }),
    ...(time !== undefined && { time }),
    columns,
  });
}

/** The known values of each column that knows any. */
function valuesByColumn(rows: readonly object[]): Map<string, unknown[]> {
  const columns = new Map<string, unknown[]>();
  for (const row of rows) {
    for (const [name, value] of Object.entries(row)) {
      if (value === null || value === undefined || (typeof value === 'string' && value.trim() === '')) continue;
      const known = columns.get(name);
      if (known) known.push(value);
      else columns.set(name, [value]);
    }
  }
  return columns;
}

/** Undefined where there is nothing to learn from it. */
function columnOf(name: string, values: readonly number[] | readonly string[], roles: Set<string>): Column | undefined {
  const common = { name, title: name };
  if (isNumbers(values)) return { ...common, kind: 'numeric' };
  const view = viewOf(summaryOf(name, values), [], PROGRAMS);
  const date = decideDate(view, undefined);
  // What could be read in two ways, or in parts alone, stays a category.
  if (date?.is.kind === 'date' && date.missing.length + date.look.length === 0)
    return { ...common, kind: 'date', format: date.is.format };
  const levels = [...view.counts.keys()].sort();
  if (roles.has(name)) return { ...common, kind: 'categorical', levels };
  if (namesRows(view)) return { ...common, kind: 'identifier' };
  return levels.length < 2 ? undefined : { ...common, kind: 'categorical', levels };
}

/** How programs write numbers. */
const PROGRAMS = { decimal: '.', thousands: undefined } as const;

/** All of the texts, since they are in memory anyway. */
function summaryOf(name: string, texts: readonly string[]): ColumnSummary {
  const summary = new ColumnSummary(name, 0, Infinity);
  for (const text of texts) summary.add(text);
  return summary;
}

const isNumbers = (values: readonly number[] | readonly string[]): values is readonly number[] =>
  typeof values[0] === 'number';

function typesInWords(values: readonly unknown[]): string {
  const types = [...new Set(values.map((value) => (value instanceof Date ? 'Date' : typeof value)))];
  const has = types.length === 1 ? `has values of the type ${types[0]}` : `mixes values of ${types.join(', ')}`;
  return `${has}; give numbers alone, or texts alone: a date as 2024-01-31, a yes or no as one of two texts`;
}

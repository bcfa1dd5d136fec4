import { basename } from 'node:path';
import { DataError } from '../../core/errors.ts';
import type { Predictions } from '../../core/predictions.ts';
import { ColumnBuilder } from '../../data/columns/column-builder.ts';
import { type Column, type Declaration, featuresOf, storedColumns, weightOf } from '../../data/declaration.ts';
import { headerKey } from '../../data/header-key.ts';
import { IssueLog } from '../../data/issue-log.ts';
import { kindOf } from '../../data/kinds/index.ts';
import { RoundingLog } from '../../data/rounding-log.ts';
import { rowParser } from '../../data/row-parser.ts';
import { columnOf, type Table, takeRows } from '../../data/table.ts';
import { classesOf } from '../../data/task-kind.ts';
import { probabilityColumns } from '../class-columns.ts';
import { openRowsToPredict } from '../rows-to-predict.ts';

/** Rows, and what the program that trained a model predicts of them. */
export interface Proof {
  /** All rows. */
  readonly table: Table;
  /** Of each row its line in the file. */
  readonly lines: readonly number[];
  /** Rows × outputs: a number, or the probability of each class; of two classes maybe of the positive alone. */
  readonly expected: Predictions;
  /** Of each column of `expected` which class it is of; null of a number. */
  readonly classes: readonly number[] | null;
  /** The rows that have a target, with what else the declaration keeps of them; none where the file has no targets. */
  readonly labelled: Table;
  /** Rows left out of these. */
  readonly dropped: number;
}

/** Columns that hold what was predicted, by the names that they are to have. */
interface Expected {
  readonly names: readonly string[];
  readonly classes: readonly number[] | null;
}

/**
 * Reads a file of proof: columns of the declaration, and beside them `prediction`; of classes the probability of each, in columns that are
 * called as `predict --csv` calls them, or of two classes the positive's alone, there or in `prediction`.
 *
 * @throws DataError with every problem of the file, or saying which columns it lacks
 */
export async function readProof(path: string, declaration: Declaration): Promise<Proof> {
  const features = featuresOf(declaration);
  const { header, positions, rows, place, reading } = await openRowsToPredict(path, {
    features,
    manifest: { dataset: declaration },
  });
  const expected = expectedColumns(header, declaration, basename(path));
  const weight = weightOf(declaration);
  const stored = storedColumns(declaration).map((column) => (column.name === weight?.name ? weight : column));
  const found = new Map(positions);
  for (const column of stored) {
    const at = placeOf(header, [column.name, column.header]);
    if (!found.has(column.name) && at !== undefined && kindOf(column).values !== 'texts') found.set(column.name, at);
  }
  const read = stored.filter(({ name }) => found.has(name));
  const numbers = expected.names.map((name): Column => ({ kind: 'numeric', name, title: name }));
  numbers.forEach(({ name }) => {
    found.set(name, placeOf(header, [name]) as number);
  });
  const issues = new IssueLog(place);
  const columns = [...read, ...numbers];
  const parse = rowParser(columns, found, { reading, problems: issues, roundings: new RoundingLog() });
  const builders = columns.map(() => new ColumnBuilder());
  const lines: number[] = [];
  for await (const row of rows) {
    issues.countRow();
    const values = parse(row);
    if (!values) continue;
    numbers.forEach((column, k) => {
      if (Number.isNaN(values[read.length + k]))
        issues.addCell(row.line, column, '', {
          many: 'are empty',
          one: 'is empty',
          remedy: 'each row of proof says what was predicted of it',
        });
    });
    values.forEach((value, k) => {
      builders[k]?.push(value);
    });
    lines.push(row.line);
  }
  issues.throwIfAny(basename(path));
  if (lines.length === 0) throw new DataError(`${path} has a header and no rows`);
  const made = new Map(columns.map(({ name }, k) => [name, (builders[k] as ColumnBuilder).finish()]));
  const table: Table = { rows: lines.length, columns: made };
  const values = new Float64Array(lines.length * numbers.length);
  numbers.forEach(({ name }, k) => {
    columnOf(table, name).forEach((value, row) => {
      values[row * numbers.length + k] = value;
    });
  });
  return {
    table,
    lines,
    expected: { rows: lines.length, outputs: numbers.length, values },
    classes: expected.classes,
    ...labelledRows(table, declaration, stored),
  };
}

/** @throws DataError naming the columns that are wanted */
function expectedColumns(header: readonly string[], declaration: Declaration, file: string): Expected {
  const levels = classesOf(declaration);
  const has = (name: string) => placeOf(header, [name]) !== undefined;
  if (!levels) {
    if (has('prediction')) return { names: ['prediction'], classes: null };
    throw new DataError(`${file} has no column prediction, which says what the model predicts of each row`);
  }
  const names = probabilityColumns(levels);
  const classes = [...levels.keys()].filter((k) => has(names[k] as string));
  if (classes.length === levels.length || (levels.length === 2 && classes.length === 1))
    return { names: classes.map((k) => names[k] as string), classes };
  throw new DataError(
    `${file} lacks the probabilities that the model gives to each class; it has to have the columns ${names.join(', ')}${levels.length === 2 ? ', or one of the two' : ''}`,
  );
}

function placeOf(header: readonly string[], names: readonly (string | undefined)[]): number | undefined {
  const keys = names.filter((name) => name !== undefined).map(headerKey);
  const place = header.findIndex((each) => keys.includes(headerKey(each)));
  return place === -1 ? undefined : place;
}

/** Rows with a target that count; what the file lacks of them is not known, and their weight 1. */
function labelledRows(
  table: Table,
  { target, weight }: Declaration,
  stored: readonly Column[],
): Pick<Proof, 'labelled' | 'dropped'> {
  const columns = new Map(
    stored.map(({ name }) => {
      const known = table.columns.get(name);
      return [name, known ?? new Float64Array(table.rows).fill(name === weight ? 1 : Number.NaN)] as const;
    }),
  );
  const all: Table = { rows: table.rows, columns };
  const truths = columnOf(all, target);
  const weights = weight === undefined ? undefined : columnOf(all, weight);
  const counted = Uint32Array.from({ length: all.rows }, (_, row) => row).filter(
    (row) => !Number.isNaN(truths[row]) && (weights?.[row] ?? 1) > 0,
  );
  return { labelled: takeRows(all, counted), dropped: counted.length === 0 ? 0 : all.rows - counted.length };
}

import { DataError } from '../core/errors.ts';
import type { CellProblem } from './cell-problem.ts';
import { ColumnBuilder } from './columns/column-builder.ts';
import { type Column, type Declaration, storedColumns, weightOf } from './declaration.ts';
import { matchHeader } from './header.ts';
import { IssueLog } from './issue-log.ts';
import { kindOf } from './kinds/index.ts';
import type { CellReading } from './kinds/reading.ts';
import { TextNumbers } from './kinds/text-numbers.ts';
import { RoundingLog } from './rounding-log.ts';
import { rowParser } from './row-parser.ts';
import type { Reading } from './sources/reading.ts';
import { openRows } from './sources/row-source.ts';
import { columnOf, type Table } from './table.ts';

/** Why an empty cell is no weight. */
const NO_WEIGHT: CellProblem = {
  many: 'are no weights',
  one: 'is no weight',
  remedy: 'each row needs one: 1 counts once, 2 as the row twice, 0 not at all',
};

/** Why an empty cell is no time. */
const NO_TIME: CellProblem = {
  many: 'are no times',
  one: 'is no time',
  remedy: 'each row needs one, since rows are held out by it: fill it in, or leave the row out of the file',
};

/** Rows that fit their declaration, read. */
export interface Ingested {
  readonly table: Table;
  /** For each row of the table, its number in the source: from 0, a header not counted. */
  readonly fileRows: Uint32Array;
  /** Rows in the source. */
  readonly fileRowCount: number;
  /** Rows left out because their target is empty. */
  readonly dropped: number;
  /** Rows left out because their weight is 0. */
  readonly weightless: number;
  /** Headers that the declaration does not name. */
  readonly ignored: readonly string[];
  /** A sentence for each column with decimals of more digits than a double keeps. */
  readonly rounded: readonly string[];
}

/** Rows between which it is told how many were read. */
const TOLD_EVERY = 2 ** 15;

interface IngestOptions {
  /** Whether a column may be empty in every row. @default refused */
  readonly emptyColumns?: 'refused' | 'allowed';
  /** How the file and its cells are written. @default as declared; numbers in memory as JavaScript writes them */
  readonly reading?: Reading & CellReading;
  /** Told every so often how many rows were read. */
  readonly onRows?: ((rows: number) => void) | undefined;
}

/**
 * Streams a file, or rows in memory, into a table, checking every cell against the declaration.
 *
 * An empty feature cell is missing (NaN); a weight and a time must be there. A row with an empty target is dropped and counted, and so is one of weight 0.
 *
 * @param data the path of a file, or an object for each row
 * @throws DataError with every problem of them in one go, by column and kind.
 */
export async function ingest(
  data: string | readonly object[],
  declaration: Declaration,
  { emptyColumns = 'refused', reading = readingOf(data, declaration), onRows }: IngestOptions = {},
): Promise<Ingested> {
  const { name: file, place, header, rows } = await openRows(data, reading);
  const where = typeof data === 'string' ? data : file;
  const issues = new IssueLog(place);
  const { target, time } = declaration;
  const weight = weightOf(declaration);
  const stored = storedColumns(declaration);
  const columns = stored.map((column) => (weight?.name === column.name ? weight : column));
  const unread = declaration.columns.filter((column) => !stored.includes(column));
  const { positions, ignored } = matchHeader(header, file, columns, unread);
  const roundings = new RoundingLog();
  const texts = new Map(
    columns.filter((column) => kindOf(column).values === 'texts').map(({ name }) => [name, new TextNumbers()]),
  );
  const parse = rowParser(columns, positions, { reading, problems: issues, roundings, texts });
  const targetAt = columns.findIndex(({ name }) => name === target);
  const weightAt = weight ? columns.indexOf(weight) : -1;
  const timeAt = columns.findIndex(({ name }) => name === time);
  const builders = columns.map(() => new ColumnBuilder());
  const kept = new ColumnBuilder();
  let fileRowCount = 0;
  let dropped = 0;
  let weightless = 0;

  for await (const row of rows) {
    const fileRow = fileRowCount++;
    if (fileRowCount % TOLD_EVERY === 0) onRows?.(fileRowCount);
    issues.countRow();
    const values = parse(row);
    if (values === undefined) continue;
    if (Number.isNaN(values[targetAt])) {
      dropped += 1;
      continue;
    }
    if (weight && Number.isNaN(values[weightAt])) issues.addCell(row.line, weight, '', NO_WEIGHT);
    if (values[weightAt] === 0) {
      weightless += 1;
      continue;
    }
    if (Number.isNaN(values[timeAt])) issues.addCell(row.line, columns[timeAt] as Column, '', NO_TIME);
    kept.push(fileRow);
    for (let j = 0; j < builders.length; j++) builders[j]?.push(values[j] as number);
  }

  issues.throwIfAny(file);
  if (fileRowCount === 0) throw new DataError(`${where} has a header and no rows`);
  const fileRows = Uint32Array.from(kept.finish());
  if (fileRows.length === 0)
    throw new DataError(
      weightless > 0
        ? `${where}: the weight ${weight?.name} is 0 in every row: none of them counts`
        : `${where}: the target ${target} is empty in every row`,
    );
  const table: Table = {
    rows: fileRows.length,
    columns: new Map(columns.map(({ name }, j) => [name, (builders[j] as ColumnBuilder).finish()])),
    ...(texts.size > 0 && { texts: new Map([...texts].map(([name, { texts }]) => [name, texts])) }),
  };
  if (emptyColumns === 'refused') checkNoneEmpty(table, file);
  return { table, fileRows, fileRowCount, dropped, weightless, ignored, rounded: roundings.sentences() };
}

function checkNoneEmpty(table: Table, file: string): void {
  const empty = [...table.columns.keys()].filter((name) => columnOf(table, name).every(Number.isNaN));
  if (empty.length === 0) return;
  const message = 'empty in every row; take it out of the declaration';
  throw new DataError(`${file} has columns without a value; nothing was written`, {
    issues: empty.map((name) => ({ path: name, message })),
  });
}

/** Numbers in memory have no other decimals than JavaScript's. */
export function readingOf(data: string | readonly object[], declaration: Declaration): Reading & CellReading {
  return typeof data === 'string' ? declaration : { missing: declaration.missing, areBare: true };
}

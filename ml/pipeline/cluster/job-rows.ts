import { join } from 'node:path';
import { DataError, ReleaseError } from '../../core/errors.ts';
import type { Predictions } from '../../core/predictions.ts';
import { ColumnBuilder } from '../../data/columns/column-builder.ts';
import { type Column, type Declaration, storedColumns } from '../../data/declaration.ts';
import { kindOf } from '../../data/kinds/index.ts';
import { TextNumbers } from '../../data/kinds/text-numbers.ts';
import { openRows } from '../../data/sources/row-source.ts';
import { type Table, takeRows } from '../../data/table.ts';
import { resultFiles } from './job-results.ts';

/** What the job did with a row. */
const parts = ['learn', 'stop', 'calibrate', 'hold'] as const;
type Part = (typeof parts)[number];

/** The rows that a job kept for the release: of many some, by their hashes. */
export interface JobRows {
  readonly all: Table;
  /** The places of each part's rows in `all`, ascending. */
  readonly places: Readonly<Record<Part, Uint32Array>>;
  /** What XGBoost predicts of the rows that were held out, in their order: of classes their probabilities. */
  readonly expected: Predictions;
}

/**
 * Reads them: values as a table holds them, so that nothing hangs on how the job's input was written.
 *
 * @throws ReleaseError where a value is none of its column
 */
export async function readJobRows(folder: string, declaration: Declaration, outputs: number): Promise<JobRows> {
  const path = join(folder, resultFiles.rows);
  try {
    return await readRows(path, declaration, outputs);
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    throw new ReleaseError(`${path} holds no rows of a training on a cluster: ${error.message}`, { cause: error });
  }
}

async function readRows(path: string, declaration: Declaration, outputs: number): Promise<JobRows> {
  const { header, rows } = await openRows(path);
  const columns = storedColumns(declaration).map((column) => ({
    column,
    at: placeOf(header, column.name),
    builder: new ColumnBuilder(),
    texts: kindOf(column).values === 'texts' ? new TextNumbers() : undefined,
  }));
  // What is of the job itself bears names that no declared column has; up to version 0.10 it had plain ones.
  const prefix = header.includes('__part') ? '__' : '';
  const partAt = placeOf(header, `${prefix}part`);
  const predictedAt = Array.from({ length: outputs }, (_, k) => placeOf(header, `${prefix}p_${k}`));
  const places: Record<Part, number[]> = { learn: [], stop: [], calibrate: [], hold: [] };
  const expected: number[] = [];
  let count = 0;
  for await (const { cells, line, problem } of rows) {
    if (problem !== undefined) throw new DataError(`line ${line}: ${problem}`);
    const part = parts.find((each) => each === cells[partAt]);
    if (!part) throw new DataError(`line ${line} is of no part`);
    places[part].push(count++);
    for (const { column, at, builder, texts } of columns) {
      const text = cells[at] as string;
      builder.push(text === '' ? Number.NaN : texts ? texts.numberOf(text) : checkedValue(column, text, line));
    }
    if (part === 'hold') for (const at of predictedAt) expected.push(finiteNumber(cells[at] as string, line));
  }
  const texts = columns.flatMap(({ column, texts }) => (texts ? [[column.name, texts.texts] as const] : []));
  return {
    all: {
      rows: count,
      columns: new Map(columns.map(({ column, builder }) => [column.name, builder.finish()])),
      ...(texts.length > 0 && { texts: new Map(texts) }),
    },
    places: {
      learn: Uint32Array.from(places.learn),
      stop: Uint32Array.from(places.stop),
      calibrate: Uint32Array.from(places.calibrate),
      hold: Uint32Array.from(places.hold),
    },
    expected: { rows: places.hold.length, outputs, values: Float64Array.from(expected) },
  };
}

/** The rows of some parts, in the order of `all`. */
export function rowsOfParts({ all, places }: JobRows, ...some: readonly Part[]): Table {
  return takeRows(all, Uint32Array.from(some.flatMap((part) => [...places[part]])).sort());
}

function placeOf(header: readonly string[], name: string): number {
  const at = header.indexOf(name);
  if (at === -1) throw new DataError(`there is no column ${name}`);
  return at;
}

function checkedValue(column: Column, text: string, line: number): number {
  const value = finiteNumber(text, line);
  const { levels } = kindOf(column);
  if (!levels || levels[value] !== undefined) return value;
  throw new DataError(`line ${line}: ${column.name} has no level of the place ${text}`);
}

function finiteNumber(text: string, line: number): number {
  const value = Number(text);
  if (text !== '' && Number.isFinite(value)) return value;
  throw new DataError(`line ${line}: ${JSON.stringify(text)} is no number`);
}

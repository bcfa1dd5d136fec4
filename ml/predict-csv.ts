import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import { cellParser } from './data/cell.ts';
import { type CsvRow, openCsv } from './data/csv.ts';
import { matchHeader } from './data/header.ts';
import { unfit } from './data/ingest.ts';
import { IssueLog } from './data/issue-log.ts';
import type { Column } from './dataset.ts';
import { DataError, ParamError } from './errors.ts';
import type { Predictor } from './predict.ts';

/** The column that predictions are written into. */
const PREDICTION = 'prediction';
const BATCH_ROWS = 4096;

/**
 * Copies a CSV file with a prediction added to each row, streaming; an empty cell is imputed.
 * The other file appears whole, or, if anything is wrong, not at all.
 *
 * @returns how many rows were predicted.
 * @throws DataError with every problem of the file in one go: the first 20 in full, the rest counted.
 */
export async function predictCsv(predictor: Predictor, from: string, to: string): Promise<number> {
  if (resolve(from) === resolve(to)) throw new ParamError('--out must be another file than --csv');
  const temporary = `${to}.${process.pid}.tmp`;
  let rows = 0;
  const count = (n: number) => {
    rows += n;
  };
  try {
    await pipeline(Readable.from(predictedRows(predictor, from, count)), stringify(), createWriteStream(temporary));
    await rename(temporary, to);
    return rows;
  } finally {
    await rm(temporary, { force: true });
  }
}

async function* predictedRows(
  predictor: Predictor,
  path: string,
  count: (rows: number) => void,
): AsyncGenerator<string[]> {
  const file = basename(path);
  const issues = new IssueLog();
  const { header, rows } = await openCsv(path);
  if (header.includes(PREDICTION)) throw new DataError(`${file} already has a column ${PREDICTION}; rename it`);
  const { positions } = matchHeader(header, file, predictor.features);
  const batch = new Batch(predictor.features, positions);

  yield [...header, PREDICTION];
  for await (const row of rows) {
    if (row.problem === undefined) batch.add(row, issues);
    else issues.add(`line ${row.line}`, row.problem);
    if (batch.rows.length === BATCH_ROWS) {
      count(BATCH_ROWS);
      yield* batch.flush(predictor);
    }
  }
  issues.throwIfAny(file);
  count(batch.rows.length);
  yield* batch.flush(predictor);
}

/** Rows that wait for their predictions. */
class Batch {
  rows: (readonly string[])[] = [];
  readonly #columns: {
    column: Column;
    position: number;
    parse: (text: string) => number | undefined;
    values: Float64Array;
  }[];

  constructor(features: readonly Column[], positions: ReadonlyMap<string, number>) {
    this.#columns = features.map((column) => ({
      column,
      position: positions.get(column.name) as number,
      parse: cellParser(column),
      values: new Float64Array(BATCH_ROWS),
    }));
  }

  add({ line, cells }: CsvRow, issues: IssueLog): void {
    const at = this.rows.length;
    for (const { column, position, parse, values } of this.#columns) {
      const text = cells[position] as string;
      const value = parse(text);
      if (value === undefined) issues.add(`line ${line}, ${column.name}`, unfit(column, text));
      else values[at] = value;
    }
    this.rows.push(cells);
  }

  *flush(predictor: Predictor): Generator<string[]> {
    const { rows } = this;
    this.rows = [];
    const columns = this.#columns.map(({ column, values }): [string, Float64Array] => [
      column.name,
      values.subarray(0, rows.length),
    ]);
    const predictions = predictor.predictTable({ rows: rows.length, columns: new Map(columns) });
    for (let i = 0; i < rows.length; i++) yield [...(rows[i] as string[]), String(predictions[i])];
  }
}

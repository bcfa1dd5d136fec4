import { createWriteStream } from 'node:fs';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import { openCsv } from './data/csv.ts';
import { matchHeader } from './data/header.ts';
import { headerKey } from './data/header-key.ts';
import { IssueLog } from './data/issue-log.ts';
import { rowParser } from './data/row-parser.ts';
import { isSameFile } from './destination.ts';
import { ParamError } from './errors.ts';
import { replaceFile } from './files.ts';
import type { Predictor } from './predict.ts';

const BATCH_ROWS = 4096;

/** What became of a CSV file. */
export interface PredictedCsv {
  /** How many rows were predicted. */
  readonly rows: number;
  /** The name of the column that was added: `prediction`, with a number where the file has one that reads alike. */
  readonly column: string;
}

/**
 * Copies a CSV file with a prediction added to each row, streaming; an empty cell is imputed.
 * The other file appears whole, or, if anything is wrong, not at all.
 *
 * @throws DataError with every problem of the file in one go: the first 20 in full, the rest counted.
 */
export async function predictCsv(predictor: Predictor, from: string, to: string): Promise<PredictedCsv> {
  if (await isSameFile(from, to)) throw new ParamError('--out must be another file than --csv');
  const outcome = { rows: 0, column: '' };
  await replaceFile(to, (temporary) =>
    pipeline(Readable.from(predictedRows(predictor, from, outcome)), stringify(), createWriteStream(temporary)),
  );
  return outcome;
}

async function* predictedRows(
  predictor: Predictor,
  path: string,
  outcome: { rows: number; column: string },
): AsyncGenerator<string[]> {
  const { features } = predictor;
  const file = basename(path);
  const issues = new IssueLog();
  const { header, rows } = await openCsv(path);
  const parse = rowParser(features, matchHeader(header, file, features).positions, issues);
  const columns = new Map(features.map(({ name }) => [name, new Float64Array(BATCH_ROWS)]));
  let batch: (readonly string[])[] = [];

  function* flush(): Generator<string[]> {
    const filled = [...columns].map(([name, values]): [string, Float64Array] => [
      name,
      values.subarray(0, batch.length),
    ]);
    const predictions = predictor.predictTable({ rows: batch.length, columns: new Map(filled) });
    for (const [i, cells] of batch.entries()) yield [...cells, String(predictions[i])];
    outcome.rows += batch.length;
    batch = [];
  }

  outcome.column = freeName('prediction', header);
  yield [...header, outcome.column];
  for await (const row of rows) {
    const values = parse(row);
    // Once anything is wrong nothing will be written: the rest is only checked.
    if (values === undefined || issues.any) continue;
    features.forEach(({ name }, j) => {
      (columns.get(name) as Float64Array)[batch.length] = values[j] as number;
    });
    if (batch.push(row.cells) === BATCH_ROWS) yield* flush();
  }
  issues.throwIfAny(file);
  yield* flush();
}

/** The name of a column to add, with a number where the header has one that reads alike. */
function freeName(name: string, header: readonly string[]): string {
  const keys = new Set(header.map(headerKey));
  let free = name;
  for (let n = 2; keys.has(headerKey(free)); n++) free = `${name}_${n}`;
  return free;
}

import { createWriteStream } from 'node:fs';
import { basename, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import { openCsv } from './data/csv.ts';
import { matchHeader } from './data/header.ts';
import { IssueLog } from './data/issue-log.ts';
import { rowParser } from './data/row-parser.ts';
import { DataError, ParamError } from './errors.ts';
import { replaceFile } from './files.ts';
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
  let rows = 0;
  const count = (n: number) => {
    rows += n;
  };
  await replaceFile(to, (temporary) =>
    pipeline(Readable.from(predictedRows(predictor, from, count)), stringify(), createWriteStream(temporary)),
  );
  return rows;
}

async function* predictedRows(
  predictor: Predictor,
  path: string,
  count: (rows: number) => void,
): AsyncGenerator<string[]> {
  const { features } = predictor;
  const file = basename(path);
  const issues = new IssueLog();
  const { header, rows } = await openCsv(path);
  if (header.includes(PREDICTION)) throw new DataError(`${file} already has a column ${PREDICTION}; rename it`);
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
    count(batch.length);
    batch = [];
  }

  yield [...header, PREDICTION];
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

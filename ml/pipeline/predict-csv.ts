import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { isSameFile } from '../core/destination.ts';
import { type Issue, ParamError } from '../core/errors.ts';
import { replaceFile } from '../core/files.ts';
import { csvText } from '../data/csv-text.ts';
import { IssueLog, tellBoth } from '../data/issue-log.ts';
import { numberWriter } from '../data/kinds/plain-number.ts';
import { unlistedFinder } from '../data/record.ts';
import { RoundingLog } from '../data/rounding-log.ts';
import { rowParser } from '../data/row-parser.ts';
import { openCsv } from '../data/sources/csv.ts';
import type { Format } from '../data/sources/reading.ts';
import { type AddedColumns, type Asked, addedColumns } from './added-columns.ts';
import { probabilityColumns } from './class-columns.ts';
import { distinctNames } from './distinct-names.ts';
import { PredictionBatch } from './prediction-batch.ts';
import type { Predictor } from './predictor.ts';
import { openRowsToPredict, type RowsToPredict } from './rows-to-predict.ts';

/** What became of a CSV file. */
export interface PredictedCsv {
  /** Rows of the file. */
  readonly rows: number;
  /** How many of them have a prediction. */
  readonly predicted: number;
  /** The column of predictions: `prediction`, with a number where the file has one that reads alike. */
  readonly column: string;
  /** What else was added: the names of the columns, by those that they have where the file has none that reads alike. */
  readonly added: Readonly<Record<string, string>>;
  /** The column that says why a row has none; null where every row has one, unless it was asked for. */
  readonly problemColumn: string | null;
  /** The column with the probability of each level of the target; lacking where that is a number. */
  readonly probabilities?: Readonly<Record<string, string>> | undefined;
  /** The reasons, by column and kind. */
  readonly issues: readonly Issue[];
  /** A sentence for each column with decimals of more digits than a double keeps. */
  readonly rounded: readonly string[];
}

export interface PredictCsvOptions extends Asked {
  /** Whether a row that cannot be predicted makes it fail. @default false */
  readonly strict?: boolean | undefined;
  /** Whether the column that says why a row has no prediction is there in any case. @default where a row has none */
  readonly hasProblemColumn?: boolean | undefined;
  /** Formats that are read; a Parquet file and a CSV are known by their first bytes. @default all */
  readonly formats?: readonly Format[] | undefined;
  /** Told now and then how many rows were predicted, or refused, so far. */
  readonly onRows?: ((rows: number) => void) | undefined;
}

/**
 * Copies a file, which is Parquet, is written as that of the data set, or is a plain CSV, into a CSV in UTF-8 with the same delimiter, and adds
 * a prediction to each row, and what else is asked for; an empty cell is imputed. A row that cannot be predicted is copied without one,
 * and a column more says why. The other file appears whole, or not at all.
 *
 * @throws DataError with every problem of the file, by column and kind, where it is unreadable or no row can be predicted.
 * @throws ReleaseError where intervals are asked of a release that has none
 */
export async function predictCsv(
  predictor: Predictor,
  from: string,
  to: string,
  { strict = false, hasProblemColumn = false, formats, onRows, ...asked }: PredictCsvOptions = {},
): Promise<PredictedCsv> {
  if (await isSameFile(from, to)) throw new ParamError('--out must be another file than --csv');
  const outcome: Outcome = {
    rows: 0,
    predicted: 0,
    column: '',
    added: {},
    probabilities: undefined,
    problemColumn: '',
  };
  const source = await openRowsToPredict(from, predictor, formats);
  const { delimiter } = source.reading;
  const added = addedColumns(predictor, asked, numberWriter(source.reading));
  const issues = new IssueLog(source.place);
  const roundings = new RoundingLog();
  await replaceFile(to, async (temporary) => {
    await writeCsv(
      temporary,
      delimiter,
      predictedRows(predictor, source, {
        strict,
        hasProblemColumn,
        onRows,
        isExplained: asked.explain === true,
        added,
        outcome,
        issues,
        roundings,
      }),
    );
    if (!issues.any || hasProblemColumn) return;
    // Rows before the first problem lack the column that says why: they are copied once more.
    await replaceFile(temporary, (wider) =>
      writeCsv(wider, delimiter, widened(temporary, delimiter, outcome.problemColumn)),
    );
  });
  const problemColumn = issues.any || hasProblemColumn ? outcome.problemColumn : null;
  return { ...outcome, problemColumn, issues: issues.issues(), rounded: roundings.sentences() };
}

function writeCsv(path: string, delimiter: string | undefined, rows: AsyncIterable<readonly string[]>): Promise<void> {
  return pipeline(csvText(rows, delimiter), createWriteStream(path));
}

interface Outcome {
  rows: number;
  predicted: number;
  column: string;
  added: Readonly<Record<string, string>>;
  probabilities: Readonly<Record<string, string>> | undefined;
  problemColumn: string;
}

interface Run {
  readonly strict: boolean;
  readonly hasProblemColumn: boolean;
  readonly onRows: ((rows: number) => void) | undefined;
  readonly isExplained: boolean;
  readonly added: AddedColumns;
  readonly outcome: Outcome;
  readonly issues: IssueLog;
  readonly roundings: RoundingLog;
}

/** Each row with its prediction; from the first problem on with the reason for none, too. */
async function* predictedRows(
  predictor: Predictor,
  { name: file, header, rows, positions, reading }: RowsToPredict,
  { strict, hasProblemColumn, onRows, isExplained, added, outcome, issues, roundings }: Run,
): AsyncGenerator<string[]> {
  const { features } = predictor;
  const names = distinctNames(added.names, header);
  const [column, ...others] = names as [string, ...string[]];
  outcome.column = column;
  outcome.added = Object.fromEntries(others.map((name, j) => [added.names[j + 1] as string, name]));
  outcome.probabilities = probabilitiesIn(predictor, outcome.added);
  outcome.problemColumn = distinctNames(['problem'], header)[0] as string;
  const reasons: string[] = [];
  const serving = { ...reading, purpose: 'serving' } as const;
  const parse = rowParser(features, positions, { reading: serving, problems: tellBoth(issues, reasons), roundings });
  const find = unlistedFinder(isExplained ? features : [], serving);
  const unlistedIn = (cells: readonly string[]) => find(({ name }) => cells[positions.get(name) as number]);
  const batch = new PredictionBatch(predictor, header.length, issues, added, unlistedIn);

  function* flush(): Generator<string[]> {
    for (const { cells, added, isPredicted, problem } of batch.take()) {
      if (isPredicted) outcome.predicted += 1;
      yield hasProblemColumn || issues.any ? [...cells, ...added, problem] : [...cells, ...added];
    }
    onRows?.(outcome.rows);
  }

  yield [...header, column, ...others, ...(hasProblemColumn ? [outcome.problemColumn] : [])];
  for await (const row of rows) {
    outcome.rows += 1;
    issues.countRow();
    reasons.length = 0;
    const values = parse(row);
    if (row.isLast) issues.throwIfAny(file);
    // Once anything is wrong nothing will be written: the rest is only checked.
    if (strict && issues.any) continue;
    batch.add(row, values, reasons.join('; '));
    if (batch.isFull) yield* flush();
  }
  yield* flush();
  if (strict || outcome.predicted === 0) issues.throwIfAny(file);
}

/** A file of ours, in which some rows lack their last cell, with that cell empty. */
async function* widened(path: string, delimiter: string | undefined, name: string): AsyncGenerator<readonly string[]> {
  const { header, rows } = await openCsv(path, { delimiter });
  yield [...header, name];
  for await (const { cells, isLast, problem } of rows) {
    if (isLast) throw new Error(`what was written cannot be read: ${problem}`);
    yield cells.length > header.length ? cells : [...cells, ''];
  }
}

/** The column of each level, as it is called in the file. */
function probabilitiesIn(predictor: Predictor, added: Outcome['added']): Outcome['probabilities'] {
  if (predictor.task === 'regression') return undefined;
  const { levels } = predictor.target;
  const names = probabilityColumns(levels);
  return Object.fromEntries(levels.map((level, i) => [level, added[names[i] as string] as string]));
}

import { join } from 'node:path';
import { DataError } from '../core/errors.ts';
import { checkDeclaration, type Declaration, readDeclaration } from '../data/declaration.ts';
import { ingest } from '../data/ingest.ts';
import { relationsOf, type Table, takeRows } from '../data/table.ts';
import { checkGivenSplit } from './check-given-split.ts';
import { splitByRows, splitBySeed } from './split.ts';

const MIN_TRAIN_ROWS = 10;
const MIN_TEST_ROWS = 2;

/** The rows of a training: those to learn from, and those that are held out. */
export interface Rows {
  readonly declaration: Declaration;
  readonly all: Table;
  readonly train: Table;
  readonly test: Table;
  /** Who said which rows to hold out. */
  readonly split: 'seed' | 'given';
  /** How many rows of the file have no target. */
  readonly dropped: number;
  /** How many have the weight 0, and are left out too. */
  readonly weightless: number;
  /** Columns of the file that the declaration does not name. */
  readonly ignored: readonly string[];
  /** A sentence for each column with decimals of more digits than a double keeps. */
  readonly rounded: readonly string[];
}

/** Where the rows are. */
export interface Source {
  /** The folder that holds dataset.json; or what such a file would say, whose own file lies in the working directory. */
  readonly dataset: string | Declaration;
  /** What its dataset.json says, where that was read already. */
  readonly declaration?: Declaration | undefined;
  /** A CSV, or its rows: an object for each, with a text, a number, true or false, or null by column. @default the declaration's own file */
  readonly data?: string | readonly object[] | undefined;
  /** @default a fifth, by the seed; the latest, or whole groups, where the declaration says so */
  readonly holdoutRows?: readonly number[] | undefined;
  /** Told every so often how many rows were read. */
  readonly onRows?: ((rows: number) => void) | undefined;
}

/** What a data set declares. @throws DataError naming each thing that is wrong with it */
export async function declarationOf(dataset: Source['dataset']): Promise<Declaration> {
  return typeof dataset === 'string' ? readDeclaration(dataset) : checkDeclaration(dataset);
}

/**
 * Reads a data set and holds some of its rows out.
 *
 * @throws DataError if the declaration or the file is wrong, or there are too few rows
 */
export async function readRows(source: Source, seed: number): Promise<Rows> {
  const { dataset, data, holdoutRows, onRows, declaration = await declarationOf(dataset) } = source;
  const own = typeof dataset === 'string' ? join(dataset, declaration.file) : declaration.file;
  const ingested = await ingest(data ?? own, declaration, { onRows });
  const { table, dropped, weightless, ignored, rounded } = ingested;
  const { train, test } = holdoutRows
    ? splitByRows(ingested, holdoutRows)
    : splitBySeed(table.rows, seed, relationsOf(table, declaration));
  if (train.length < MIN_TRAIN_ROWS || test.length < MIN_TEST_ROWS)
    throw new DataError(
      `${train.length} rows to learn from and ${test.length} to hold out are too few: at least ${MIN_TRAIN_ROWS} and ${MIN_TEST_ROWS} are needed; train on a file of more rows`,
    );
  if (holdoutRows) checkGivenSplit({ train, test }, ingested, declaration);
  return {
    declaration,
    all: table,
    train: takeRows(table, train),
    test: takeRows(table, test),
    split: holdoutRows ? 'given' : 'seed',
    dropped,
    weightless,
    ignored,
    rounded,
  };
}

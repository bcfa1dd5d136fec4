// A table as a data set of Plumbline, in a folder below the cache: dataset.json, data.csv, and the rows to hold out; of classes also what
// predicting their shares comes to.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sha256 } from '../../ml/core/files.ts';
import { MeasurementError } from '../measurement-error.ts';
import { cacheFolder } from '../peers/environment.ts';
import { HOLDOUT_SEED, HOLDOUT_SHARE, holdoutRows, logLossOfShares, stratifiedHoldout } from './holdout.ts';
import { packageFile } from './package-file.ts';
import { type TableDeclaration, taskOf } from './table.ts';

const script = fileURLToPath(new URL('prepare.py', import.meta.url));

/** Inside a folder that is finished: what it was made by. */
const SEAL = 'made-by.txt';

/** Inside a folder: the numbers of the rows to hold out, from 0. */
export const HOLDOUT_FILE = 'holdout.json';
/** Inside a folder of classes: the number of each row's class, and the log loss of the class shares on the rows held out. */
const CLASSES_FILE = 'classes.json';
const BASELINE_FILE = 'baseline.json';

/**
 * The folder of a table, made when it is first asked for, and anew where its declaration has changed.
 *
 * @param python One with pip and pandas.
 * @throws MeasurementError where its package cannot be fetched, or holds something else
 */
export function tableFolder(table: TableDeclaration, python: string): string {
  const folder = join(cacheFolder('tables'), table.name);
  const madeBy = sha256(JSON.stringify([table, readFileSync(script, 'utf8'), HOLDOUT_SHARE, HOLDOUT_SEED]));
  if (textOf(join(folder, SEAL)) === madeBy) return folder;
  const begun = `${folder}.tmp`;
  rmSync(begun, { recursive: true, force: true });
  mkdirSync(begun, { recursive: true });
  const input = JSON.stringify({ archive: packageFile(table.from, python), folder: begun, table });
  const { status, stderr } = spawnSync(python, [script], { encoding: 'utf8', input });
  if (status !== 0) {
    rmSync(begun, { recursive: true });
    throw new MeasurementError(`the table could not be prepared: ${stderr.trim().split('\n').at(-1)}`);
  }
  holdOut(table, begun);
  writeFileSync(join(begun, SEAL), madeBy);
  rmSync(folder, { recursive: true, force: true });
  renameSync(begun, folder);
  return folder;
}

function holdOut(table: TableDeclaration, folder: string): void {
  const write = (name: string, value: unknown) => writeFileSync(join(folder, name), JSON.stringify(value));
  if (taskOf(table) === 'regression') {
    write(HOLDOUT_FILE, holdoutRows(table.rows));
    return;
  }
  const classes: readonly number[] = JSON.parse(readFileSync(join(folder, CLASSES_FILE), 'utf8'));
  const held = stratifiedHoldout(classes);
  write(HOLDOUT_FILE, held);
  write(BASELINE_FILE, logLossOfShares(classes, held));
}

/** The log loss of predicting the class shares, on the rows held out of a table whose folder this is. */
export const baselineIn = (folder: string): number => JSON.parse(readFileSync(join(folder, BASELINE_FILE), 'utf8'));

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

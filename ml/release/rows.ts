import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ReleaseError } from '../core/errors.ts';
import { ingest } from '../data/ingest.ts';
import { emptyTable, type Table } from '../data/table.ts';
import { type DataRole, dataRoles } from './files.ts';
import { checkFileOf, type Release } from './read.ts';

/** Whether a release has its rows beside it; a copy that only serves lacks them. */
export function hasRows({ path, manifest: { files } }: Release): boolean {
  return dataRoles.every((role) => existsSync(join(path, files[role].name)));
}

/** What was found of files that were checked already. */
const found = new WeakMap<Release, Map<DataRole, Promise<void>>>();

/**
 * The file of some rows of a release, every byte of which is checked: once for each time that the release is read.
 *
 * @throws ReleaseError where it is not as it was written
 */
export async function rowsFileOf(release: Release, role: DataRole): Promise<string> {
  const ofRelease = found.get(release) ?? new Map<DataRole, Promise<void>>();
  found.set(release, ofRelease);
  const check = ofRelease.get(role) ?? checkFileOf(release, role);
  ofRelease.set(role, check);
  await check;
  return join(release.path, release.manifest.files[role].name);
}

/** Checks every byte of all rows of a release that has them. @throws ReleaseError where they are not as they were written */
export async function checkRows(release: Release): Promise<void> {
  if (!hasRows(release)) return;
  for (const role of dataRoles) await rowsFileOf(release, role);
}

/**
 * Rows of a release: all of them, those that it learned from, or those that were held out.
 *
 * @param onRows called every so many rows
 * @throws ReleaseError where it lacks them, or they cannot be read
 */
export async function readRowsOf(release: Release, role: DataRole, onRows?: (rows: number) => void): Promise<Table> {
  const { id, manifest } = release;
  const { dataset, files, data } = manifest;
  // A model that was trained elsewhere has learned from no row of the release, and may have been imported without any.
  if (data[role === 'data' ? 'rows' : role] === 0) return emptyTable(dataset);
  const path = await rowsFileOf(release, role);
  // Of some of the rows of a file, a column may well be empty; how the data set's own file is written does not matter here.
  const options = { emptyColumns: 'allowed', reading: { areBare: true }, onRows } as const;
  const { table } = await ingest(path, dataset, options).catch((cause) => {
    throw new ReleaseError(`${files[role].name} of release ${id} cannot be read: ${cause.message}`, { cause });
  });
  return table;
}

/**
 * The rows that a release learned from, and those that were held out, which is all that a report asks for.
 *
 * @param onRows told every so often how many of both were read
 * @throws ReleaseError as `readRowsOf`
 */
export async function readSidesOf(
  release: Release,
  onRows?: (rows: number) => void,
): Promise<{ readonly train: Table; readonly test: Table }> {
  const train = await readRowsOf(release, 'train', onRows);
  const test = await readRowsOf(release, 'test', (rows) => onRows?.(train.rows + rows));
  return { train, test };
}

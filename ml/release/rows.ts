import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ReleaseError } from '../core/errors.ts';
import { ingest } from '../data/ingest.ts';
import { emptyTable, type Table } from '../data/table.ts';
import { type DataRole, dataRoles } from './files.ts';
import type { Release } from './read.ts';

/** Whether a release has its rows beside it; a copy that only serves lacks them. */
export function hasRows({ path, manifest: { files } }: Release): boolean {
  return dataRoles.every((role) => existsSync(join(path, files[role].name)));
}

/**
 * Rows of a release: all of them, those that it learned from, or those that were held out.
 *
 * @param onRows called every so many rows
 * @throws ReleaseError where it lacks them, or they cannot be read
 */
export async function readRowsOf(
  { id, path, manifest: { dataset, files, data } }: Release,
  role: DataRole,
  onRows?: (rows: number) => void,
): Promise<Table> {
  // A model that was trained elsewhere has learned from no row of the release, and may have been imported without any.
  if (data[role === 'data' ? 'rows' : role] === 0) return emptyTable(dataset);
  const { name } = files[role];
  // Of some of the rows of a file, a column may well be empty; how the data set's own file is written does not matter here.
  const options = { emptyColumns: 'allowed', reading: { areBare: true }, onRows } as const;
  const { table } = await ingest(join(path, name), dataset, options).catch((cause) => {
    throw new ReleaseError(`${name} of release ${id} cannot be read: ${cause.message}`, { cause });
  });
  return table;
}

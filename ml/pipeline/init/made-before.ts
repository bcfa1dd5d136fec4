import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sha256OfFile } from '../../core/files.ts';
import { headerKey } from '../../data/header-key.ts';
import { datasetPlace } from './dataset-place.ts';
import { readRecord } from './init-record.ts';

/** The folder of the data set that was made of the very same file, for the same target; undefined where there is none. */
export async function madeBefore(
  path: string,
  given: {
    readonly name?: string | undefined;
    readonly out?: string | undefined;
    readonly target?: string | undefined;
  },
): Promise<string | undefined> {
  const { folder } = datasetPlace(path, given);
  if (!existsSync(join(folder, 'dataset.json'))) return undefined;
  const record = await readRecord(folder);
  if (!record || record.file !== (await sha256OfFile(path))) return undefined;
  const { target, columns } = record.declaration;
  const named = columns.find(({ name }) => name === target);
  const names = [target, named?.header ?? target].map(headerKey);
  return given.target === undefined || names.includes(headerKey(given.target)) ? folder : undefined;
}

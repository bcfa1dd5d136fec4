import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { DataError } from '../../ml/core/errors.ts';
import { ingest } from '../../ml/data/ingest.ts';
import { columnOf } from '../../ml/data/table.ts';
import { type RandomFile, TARGET } from './random-file.ts';

/** What ingestion makes of a file otherwise than a plain reading of the same rows; undefined where they agree. */
export async function differenceOf({ columns, bytes, expected }: RandomFile): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-'));
  try {
    const path = join(folder, 'random.csv');
    await writeFile(path, bytes);
    const declaration = { name: 'random', title: 'Random', file: 'random.csv', target: TARGET, columns: [...columns] };
    const read = await ingest(path, declaration).catch((error) => {
      if (error instanceof DataError) return error;
      throw error;
    });
    if (read instanceof DataError)
      return compared(
        'refused',
        read.issues.map(({ path }) => path),
        expected.refused,
      );
    const values = Object.fromEntries(columns.map(({ name }) => [name, [...columnOf(read.table, name)]]));
    return (
      compared('refused', [], expected.refused) ??
      compared('rows', [...read.fileRows], expected.fileRows) ??
      compared('values', values, Object.fromEntries(expected.values))
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

function compared(what: string, read: unknown, expected: unknown): string | undefined {
  if (isDeepStrictEqual(read, expected)) return undefined;
  return `${what}: ${JSON.stringify(read)}; the plain reading has ${JSON.stringify(expected)}`;
}

import { DataError } from '../ml/core/errors.ts';
import { readJsonFile } from '../ml/data/json-file.ts';

/** @throws DataError unless the file is an array of numbers, or an object with one under `test`. */
export async function readHoldoutRows(path: string): Promise<number[]> {
  const json = await readJsonFile(path);
  const rows = Array.isArray(json) ? json : (json as { test?: unknown } | null)?.test;
  if (!Array.isArray(rows) || !rows.every((row) => typeof row === 'number')) {
    throw new DataError(`${path} must be an array of row numbers, or an object with such an array under "test"`);
  }
  return rows;
}

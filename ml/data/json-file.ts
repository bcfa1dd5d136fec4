import { readFile } from 'node:fs/promises';
import { DataError, hasCode } from '../errors.ts';

/**
 * Reads a JSON file that a person wrote.
 *
 * @throws DataError if it is missing (`remedy` says what to do then) or not JSON.
 */
export async function readJsonFile(path: string, remedy = ''): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) throw new DataError(`${path} does not exist${remedy}`, { cause: error });
    if (error instanceof SyntaxError) throw new DataError(`${path} is not JSON: ${error.message}`, { cause: error });
    throw error;
  }
}

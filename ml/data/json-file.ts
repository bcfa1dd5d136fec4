import { DataError, hasCode } from '../core/errors.ts';
import { parseJson } from './json.ts';
import { fileText, NotText } from './sources/file-text.ts';

/**
 * Reads a JSON file that a person wrote, in UTF-8.
 *
 * @throws DataError if it is missing (`remedy` says what to do then), not UTF-8, not JSON, or has a number that would be rounded.
 */
export async function readJsonFile(path: string, remedy = ''): Promise<unknown> {
  let text = '';
  try {
    for await (const piece of fileText(path)) text += piece;
  } catch (error) {
    if (error instanceof DataError && hasCode(error.cause, 'ENOENT'))
      throw new DataError(`${error.message}${remedy}`, { cause: error });
    if (!(error instanceof NotText)) throw error;
    if (error.isOtherFormat) throw new DataError(`${path} is not JSON; it is ${error.message}`, { cause: error });
    const line = text.split(/\r\n|\n|\r/).length;
    throw new DataError(`${path} is not JSON: line ${line}: ${error.message}`, { cause: error });
  }
  return parseJson(text, path);
}

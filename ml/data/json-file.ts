import { DataError, hasCode } from '../core/errors.ts';
import { parseJson } from './json.ts';
import { NotUtf8, utf8Chunks } from './sources/utf8.ts';

/**
 * Reads a JSON file that a person wrote, in UTF-8.
 *
 * @throws DataError if it is missing (`remedy` says what to do then), not UTF-8, not JSON, or has a number that would be rounded.
 */
export async function readJsonFile(path: string, remedy = ''): Promise<unknown> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of utf8Chunks(path)) chunks.push(chunk);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) throw new DataError(`${path} does not exist${remedy}`, { cause: error });
    if (hasCode(error, 'EISDIR')) throw new DataError(`${path} is a folder, not a JSON file`, { cause: error });
    if (!(error instanceof NotUtf8)) throw error;
    if (error.isOtherFormat) throw new DataError(`${path} is not JSON; it is ${error.message}`, { cause: error });
    const line = Buffer.concat(chunks)
      .toString()
      .split(/\r\n|\n|\r/).length;
    throw new DataError(`${path} is not JSON: line ${line}: ${error.message}`, { cause: error });
  }
  return parseJson(
    Buffer.concat(chunks)
      .toString()
      .replace(/^\ufeff/, ''),
    path,
  );
}

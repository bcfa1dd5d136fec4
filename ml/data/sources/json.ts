import { basename } from 'node:path';
import { DataError } from '../../core/errors.ts';
import { shellWord } from '../../core/shell-word.ts';
import { shortList } from '../../core/short-list.ts';
import type { HeaderAndRows } from './csv.ts';
import { parseExactly } from './exact-json.ts';
import { fileText, NotText } from './file-text.ts';
import { isObject, KeyCollector, rowOf } from './json-rows.ts';
import type { Reading } from './reading.ts';
import type { Row } from './row.ts';

/** A text of more characters does not fit into a string, by far the most into memory. */
const MAX_CHARACTERS = 1 << 28;

/**
 * Opens a JSON file that holds an array of objects, a row each, whose keys are the columns. It is read as a whole.
 *
 * @throws DataError if there is no such file, it is not JSON, holds something else, or nested values
 */
export async function openJson(path: string, { encoding }: Reading = {}): Promise<HeaderAndRows> {
  const value = parsed(await wholeText(path, encoding), path);
  if (!Array.isArray(value)) throw new DataError(`${path} holds ${otherThanArray(value, path)}`);
  const keys = new KeyCollector();
  for (const each of value) keys.add(each);
  const header = keys.header(path);
  if (header.length === 0) throw new DataError(`${path} holds ${otherThanObjects(value)}`);
  return { header, rows: rowsOf(value, header) };
}

async function* rowsOf(values: readonly unknown[], header: readonly string[]): AsyncGenerator<Row> {
  for (const [i, value] of values.entries()) yield rowOf(i, value, header);
}

async function wholeText(path: string, encoding: Reading['encoding']): Promise<string> {
  const pieces: string[] = [];
  let length = 0;
  try {
    for await (const piece of fileText(path, encoding)) {
      length += piece.length;
      if (length > MAX_CHARACTERS)
        throw new DataError(
          `${path} is too large to be read as one JSON value; write an object on each line, and declare "format": "ndjson": jq -c '.[]' ${shellWord(basename(path))} > rows.ndjson`,
        );
      pieces.push(piece);
    }
  } catch (error) {
    if (!(error instanceof NotText)) throw error;
    if (error.isOtherFormat) throw new DataError(`${path} is not JSON; it is ${error.message}`, { cause: error });
    const line = pieces.join('').split('\n').length;
    throw new DataError(`${path} is not JSON: line ${line}: ${error.message}`, { cause: error });
  }
  return pieces.join('');
}

function parsed(text: string, path: string): unknown {
  if (text.trim() === '') throw new DataError(`${path} is empty`);
  try {
    return parseExactly(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    if (isNdjson(text))
      throw new DataError(`${path} has a JSON object on each line; declare "format": "ndjson"`, { cause: error });
    throw new DataError(`${path} is not JSON: ${error.message}`, { cause: error });
  }
}

/** What to say of an array that holds no rows. */
export const otherThanObjects = ({ length }: readonly unknown[]): string =>
  length === 0
    ? 'an array without rows'
    : 'an array of something else than objects; a row is an object with a value for each column (in pandas: to_json(…, orient="records"))';

/** Whether the first line that is not blank is an object by itself. */
export function isNdjson(text: string): boolean {
  const [line = ''] = text.trimStart().split('\n', 1);
  try {
    return isObject(parseExactly(line));
  } catch {
    return false;
  }
}

/** What a file holds instead of an array, and what to do about it. */
export function otherThanArray(value: unknown, path: string): string {
  const needed = 'where an array of objects is needed';
  if (!isObject(value)) return `${value === null ? 'null' : `a ${typeof value}`} ${needed}`;
  const keys = Object.keys(value);
  const rows = keys.find((key) => Array.isArray(value[key]) && isObject(value[key][0]));
  const [file, key] = [shellWord(basename(path)), shellWord(`.[${JSON.stringify(rows)}]`)];
  const what = `an object${keys.length === 0 ? '' : ` with the keys ${shortList(keys)}`} ${needed}`;
  return rows === undefined
    ? `${what}; write an object for each row (in pandas: to_json(…, orient="records"))`
    : `${what}; take out the one in ${rows}: jq ${key} ${file} > rows.json`;
}

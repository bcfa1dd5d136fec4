import { DataError } from '../core/errors.ts';
import { readingOf } from './decimal.ts';

/**
 * The value of a JSON text; `name` is what messages call it.
 *
 * @throws DataError if it is not JSON, or says what JSON.parse would drop or round in silence: a key that is
 * twice in an object, a number that no double comes near.
 */
export function parseJson(text: string, name: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text, (_, value, { source }: { source?: string } = {}) => {
      if (typeof value === 'number' && source !== undefined && readingOf(source, value) === 'lost')
        throw new DataError(`${name}: ${source} is a number that would be read as ${value}`);
      return value;
    });
  } catch (error) {
    if (error instanceof SyntaxError) throw new DataError(`${name} is not JSON: ${error.message}`, { cause: error });
    throw error;
  }
  const twice = repeatedKey(text);
  if (twice !== undefined) throw new DataError(`${name} has the key ${twice} twice in one object`);
  return value;
}

/** A key that an object of a valid JSON text has twice, as it is written there. */
function repeatedKey(text: string): string | undefined {
  const open: Set<string>[] = [];
  for (const [, token = '', isKey] of text.matchAll(/("(?:[^"\\]|\\.)*"|[{}])(\s*:)?/g)) {
    if (token === '{') open.push(new Set());
    else if (token === '}') open.pop();
    else if (isKey !== undefined) {
      const keys = open.at(-1) as Set<string>;
      const key = JSON.parse(token);
      if (keys.has(key)) return token;
      keys.add(key);
    }
  }
  return undefined;
}

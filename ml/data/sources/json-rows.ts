import { DataError } from '../../core/errors.ts';
import { shortList } from '../../core/short-list.ts';
import { columnsProblem, type Row } from './row.ts';

/** The keys of objects that are rows, in the order in which they come, and what is wrong with them. */
export class KeyCollector {
  readonly #keys = new Set<string>();
  /** What a key holds that is no cell. */
  readonly #nested = new Map<string, string>();

  /** Takes an object; what is none has no keys, and is told of as a row. */
  add(value: unknown): void {
    if (!isObject(value)) return;
    for (const key in value) {
      this.#keys.add(key);
      if (typeof value[key] === 'object' && value[key] !== null && !this.#nested.has(key))
        this.#nested.set(key, Array.isArray(value[key]) ? 'an array' : 'an object');
    }
  }

  /**
   * A column for each key; none where nothing was an object.
   *
   * @throws DataError where there are too many, or columns hold arrays or objects
   */
  header(path: string): string[] {
    const problem = columnsProblem(this.#keys.size);
    if (problem !== undefined) throw new DataError(`${path} ${problem}`);
    if (this.#nested.size > 0) {
      const columns = [...this.#nested].map(([key, what]) => `${key} (${what})`);
      throw new DataError(
        `${path} has nested columns: ${shortList(columns)}. A cell is a text, a number, true, false or null: write what is nested into keys of its own, or leave it out`,
      );
    }
    return [...this.#keys];
  }
}

/** An object as a row with a cell for each column; null and a lacking key are empty cells. */
export function rowOf(line: number, value: unknown, header: readonly string[]): Row {
  if (!isObject(value)) return { line, cells: [], problem: 'is no object with a value for each column' };
  return { line, cells: header.map((key) => cellOf(ownValue(value, key))) };
}

/** What an object itself has by a key: "constructor" is one that it may lack. */
export const ownValue = (object: Readonly<Record<string, unknown>>, key: string): unknown =>
  Object.hasOwn(object, key) ? object[key] : undefined;

const cellOf = (value: unknown): string => (value === null || value === undefined ? '' : String(value));

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

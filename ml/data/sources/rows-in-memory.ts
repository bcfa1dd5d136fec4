import { DataError } from '../../core/errors.ts';
import { isObject, ownValue } from './json-rows.ts';
import type { Row } from './row.ts';

/** The rows that an array holds as objects. @throws DataError where there are none */
export function rowsInMemory(objects: readonly object[]) {
  if (objects.length === 0) throw new DataError('the data has no rows');
  const keys = new Set<string>();
  // A list of the keys of all rows would be longer than an array may be.
  for (const row of objects) if (isObject(row)) for (const key of Object.keys(row)) keys.add(key);
  const header = [...keys];
  return { name: 'the data', place: 'row' as const, header, rows: cellsOf(objects, header) };
}

/** Values become cells, so that they are checked as those of a file are. */
function* cellsOf(objects: readonly object[], header: readonly string[]): Generator<Row> {
  for (const [line, row] of objects.entries()) {
    if (!isObject(row)) {
      yield { line, cells: [], problem: 'is no object with a value for each column' };
      continue;
    }
    const wrong = header.find((name) => cellOf(ownValue(row, name)) === undefined);
    if (wrong === undefined) yield { line, cells: header.map((name) => cellOf(ownValue(row, name)) as string) };
    else yield { line, cells: [], problem: `${wrong} is ${inWords(row[wrong])}; ${REMEDY}` };
  }
}

const REMEDY = 'give a number, a text, true or false, or null where it is not known: a date as 2024-01-31';

function cellOf(value: unknown): string | undefined {
  if (value === null || value === undefined) return '';
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : undefined;
}

function inWords(value: unknown): string {
  if (value instanceof Date) return 'a Date';
  if (typeof value === 'object') return Array.isArray(value) ? 'an array' : 'an object';
  return `a ${typeof value}`;
}

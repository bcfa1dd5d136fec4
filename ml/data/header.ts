import { DataError, type Issue } from '../core/errors.ts';
import { groupBy } from '../core/group-by.ts';
import { shortList } from '../core/short-list.ts';
import type { Column } from './declaration.ts';
import { headerKey } from './header-key.ts';

/** Where each declared column stands in a CSV file, and the headers that nothing declares. */
export interface HeaderMatch {
  /** Position by declared name; a column that is absent and optional has none. */
  readonly positions: ReadonlyMap<string, number>;
  readonly ignored: readonly string[];
}

/**
 * Finds the declared columns in a header, by their `header` or name, whatever their order, case and punctuation.
 *
 * @throws DataError naming every required column that is missing and every one that is there twice; where none is
 * there, or the cells are separated otherwise, that alone.
 */
export function matchHeader(
  header: readonly string[],
  file: string,
  required: readonly Column[],
  optional: readonly Column[] = [],
): HeaderMatch {
  const issues: Issue[] = [];
  const missing: string[] = [];
  const positions = new Map<string, number>();
  const keys = header.map(headerKey);
  const places = groupBy(keys.keys(), (i) => keys[i] as string);
  for (const column of [...required, ...optional]) {
    const [first, twice] = [...keysOf(column)].flatMap((key) => places.get(key) ?? []).sort((a, b) => a - b);
    if (twice !== undefined) {
      const message = `twice in the header: "${header[first as number]}" and "${header[twice]}"; rename or remove one`;
      issues.push({ path: column.name, message });
    } else if (first !== undefined) {
      positions.set(column.name, first);
    } else if (required.includes(column)) {
      missing.push(column.name);
    }
  }
  const declared = new Set(positions.values());
  const ignored = header.flatMap((text, i) => (declared.has(i) ? [] : [shownHeader(text, i)]));
  if (missing.length > 0) {
    const advice = separatorAdvice(header, required, required.length - missing.length);
    if (advice !== undefined) throw new DataError(`${file} ${advice}`);
    if (missing.length === required.length && issues.length === 0) throw noneOf(missing, header, file);
    issues.push({ path: shortList(missing), message: 'no such column in the header' });
    const known = new Set(required.flatMap((column) => [...keysOf(column)]));
    const unknown = header.flatMap((text, i) => (known.has(keys[i] as string) ? [] : [shownHeader(text, i)]));
    if (unknown.length > 0) {
      const message = `no column is declared for: ${shortList(unknown)}; a column whose header is not its name says so by "header"`;
      issues.push({ path: '', message });
    }
  }
  if (issues.length > 0) throw new DataError(`the header of ${file} does not fit the declaration`, { issues });
  return { positions, ignored };
}

/** A header for a message; of a blank one its place, from 1. */
const shownHeader = (text: string, place: number): string =>
  text.trim() === '' ? `column ${place + 1} (no header)` : text;

function keysOf({ name, header }: Column): ReadonlySet<string> {
  return new Set([name, ...(header === undefined ? [] : [header])].map(headerKey));
}

function noneOf(missing: readonly string[], header: readonly string[], file: string): DataError {
  return new DataError(
    `${file} has none of the columns that are declared (${shortList(missing)}); its own are: ${shortList(header)}. ` +
      'A file of other columns needs a declaration of its own: npm run init -- FILE --target COLUMN makes a folder with a dataset.json (docs/guide/your-own-data.md), and --dataset names it',
  );
}

const separators: readonly (readonly [separator: string, name: string])[] = [
  [',', 'commas'],
  [';', '";"'],
  ['\t', 'tabs'],
  ['|', '"|"'],
  [':', '":"'],
];

/** What to do where another character than the declared one separates the cells: split by that, more columns are found. */
function separatorAdvice(header: readonly string[], required: readonly Column[], found: number): string | undefined {
  const line = header.join(',');
  if (/^sep=.?$/i.test(line))
    return `starts with "${line}", which only Excel reads; take that line out, or declare "header_row": 2 in dataset.json, as npm run init does`;
  const other = separators.find(([separator]) => {
    const keys = new Set(line.split(separator).map(headerKey));
    return required.filter((column) => [...keysOf(column)].some((key) => keys.has(key))).length > found;
  });
  if (other === undefined) return undefined;
  const [separator, name] = other;
  if (separator === ',')
    return 'has cells separated by commas, where another delimiter is declared: take "delimiter" out of dataset.json';
  return (
    `has cells separated by ${name}, where commas are needed: export it with commas, and with points in decimals; ` +
    `or declare "delimiter": ${JSON.stringify(separator)} in dataset.json, as npm run init does`
  );
}

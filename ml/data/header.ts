import { type Column, headerKey } from '../dataset.ts';
import { DataError, type Issue } from '../errors.ts';

/** Where each declared column stands in a CSV file, and the headers that nothing declares. */
export interface HeaderMatch {
  /** Position by declared name; a column that is absent and optional has none. */
  readonly positions: ReadonlyMap<string, number>;
  readonly ignored: readonly string[];
}

/**
 * Finds the declared columns in a header, whatever their order, case and separators.
 *
 * @throws DataError naming every required column that is missing and every one that is there twice.
 */
export function matchHeader(
  header: readonly string[],
  file: string,
  required: readonly Column[],
  optional: readonly Column[] = [],
): HeaderMatch {
  const issues: Issue[] = [];
  const positions = new Map<string, number>();
  const keys = header.map(headerKey);
  for (const column of [...required, ...optional]) {
    const key = headerKey(column.name);
    const first = keys.indexOf(key);
    const twice = keys.indexOf(key, first + 1);
    if (first === -1) {
      if (required.includes(column)) issues.push({ path: column.name, message: 'no such column in the header' });
    } else if (twice !== -1) {
      issues.push({ path: column.name, message: `twice in the header: "${header[first]}" and "${header[twice]}"` });
    } else {
      positions.set(column.name, first);
    }
  }
  if (issues.length > 0) {
    throw new DataError(`the header of ${file} does not fit the declaration${separatorHint(header)}`, { issues });
  }
  const declared = new Set(positions.values());
  return { positions, ignored: header.filter((_, i) => !declared.has(i)) };
}

function separatorHint(header: readonly string[]): string {
  const separator = header.length === 1 ? [';', '\t'].find((character) => header[0]?.includes(character)) : undefined;
  if (separator === undefined) return '';
  return `: its cells seem to be separated by ${separator === '\t' ? 'tabs' : `"${separator}"`}, where commas are needed`;
}

import { readingOf } from './decimal.ts';
import type { CategoricalColumn, FeatureColumn } from './declaration.ts';
import { dateParser } from './kinds/date.ts';
import { accepts } from './kinds/numeric.ts';

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/**
 * A number as people write it in a CSV or a form, or undefined; no hex, no Infinity, no thousands, and
 * nothing that would be read as another number.
 */
export function numberFrom(text: string): number | undefined {
  if (!decimal.test(text)) return undefined;
  const value = Number(text);
  return readingOf(text, value) === 'lost' ? undefined : value;
}

/** The index that stands for each level in a table. */
export function levelCodes(column: CategoricalColumn): ReadonlyMap<string, number> {
  return new Map(column.levels.map((level, code) => [level, code]));
}

/**
 * A function from a cell's text to its value: a number, a level's index, or a date's days; NaN where the cell
 * is empty; undefined where the column does not allow it. Spaces around a value do not count,
 * nor whether an accented letter is one character or two.
 */
export function cellParser(column: FeatureColumn): (text: string) => number | undefined {
  if (column.kind === 'categorical') {
    const codes = levelCodes(column);
    return (text) => codes.get(text) ?? (text.trim() === '' ? Number.NaN : codes.get(text.trim().normalize()));
  }
  if (column.kind === 'date') {
    const parse = dateParser(column);
    return (text) => (text.trim() === '' ? Number.NaN : parse(text.trim()));
  }
  return (text) => {
    const trimmed = text.trim();
    if (trimmed === '') return Number.NaN;
    const value = numberFrom(trimmed);
    return value !== undefined && accepts(column, value) ? value : undefined;
  };
}

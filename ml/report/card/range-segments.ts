import { formatShort } from '../../core/format-number.ts';
import { meanOf } from '../../core/moments.ts';
import { type FeatureColumn, featuresOf } from '../../data/declaration.ts';
import { kindOf } from '../../data/kinds/index.ts';
import { cellWriter, columnOf } from '../../data/table.ts';
import { holdsYears, yearText } from '../data-section/viewed-column.ts';
import type { HeldOut } from './held-out.ts';
import { FEWEST_ROWS, measured, type Segment } from './segments.ts';

const PARTS = 4;

/**
 * Held-out rows by the quarter of a number or a date that they are in, and those of which it is not known, as far as there are enough;
 * in ascending order of each column.
 *
 * @param names of the numbers and dates that are looked at
 */
export function rangeSegmentsOf(held: HeldOut, names: readonly string[]): Segment[] {
  const overall = meanOf(held.errors, held.weights);
  const columns = new Map(featuresOf(held.declaration).map((column) => [column.name, column]));
  return names.flatMap((name) => {
    const column = columns.get(name);
    return column ? quartersOf(column, held, overall) : [];
  });
}

function quartersOf(column: FeatureColumn, held: HeldOut, overall: number): Segment[] {
  const cells = columnOf(held.table, column.name);
  const write = holdsYears(column)
    ? yearText
    : kindOf(column).values === 'number'
      ? (value: number) => formatShort(value, 4)
      : cellWriter(column, {});
  const known = Uint32Array.from(cells.keys())
    .filter((row) => !Number.isNaN(cells[row]))
    .sort((a, b) => (cells[a] as number) - (cells[b] as number) || a - b);
  const at = (place: number) => cells[known[place] as number] as number;
  // Rows of the same value are in the same part, so that there may be fewer.
  const parts: number[][] = [];
  let last = -1;
  for (const [place, row] of known.entries()) {
    const wanted = Math.floor((place * PARTS) / known.length);
    if (wanted > last && !(place > 0 && at(place) === at(place - 1))) {
      parts.push([]);
      last = wanted;
    }
    parts.at(-1)?.push(row);
  }
  const named = parts.map((rows) => {
    const [first, last] = [rows[0], rows.at(-1)].map((row) => write(cells[row as number] as number));
    return { value: first === last ? (first as string) : `${first} to ${last}`, rows };
  });
  const unknown = Array.from(cells.keys()).filter((row) => Number.isNaN(cells[row]));
  return [...(parts.length > 1 ? named : []), { value: null, rows: unknown }]
    .filter(({ rows }) => rows.length >= FEWEST_ROWS)
    .map(({ value, rows }) => ({ column, value, ...measured(rows, held, overall) }));
}

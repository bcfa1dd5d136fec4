import { type Random, sampleInOrder } from '../core/random.ts';
import { type Table, takeRows } from '../data/table.ts';

/** At most so many rows of a table, drawn at random, in their order. */
export function sampleRows(table: Table, most: number, random: Pick<Random, 'below'>): Table {
  if (table.rows <= most) return table;
  return takeRows(table, sampleInOrder(table.rows, most, random));
}

import { DataError } from '../core/errors.ts';
import type { Column, Declaration } from '../data/declaration.ts';
import type { Ingested } from '../data/ingest.ts';
import { cellWriter, columnOf } from '../data/table.ts';
import type { Split } from './split.ts';

const WITHOUT = 'leave --holdout-rows out, and the rows are held out so';

/**
 * Checks rows that were given to be held out against the declaration's group and time.
 *
 * @throws DataError where a group is on both sides, or a row is learned from that is as late as one held out
 */
export function checkGivenSplit(split: Split, data: Ingested, { columns, group, time }: Declaration): void {
  const { table, fileRows } = data;
  const namedColumn = (name: string) => columns.find((column) => column.name === name) as Column;
  const shown = (name: string, row: number) => {
    const text = cellWriter(namedColumn(name), table)(columnOf(table, name)[row] as number);
    return `row ${fileRows[row]} (${name} ${text})`;
  };
  if (group !== undefined) {
    const groups = columnOf(table, group);
    const learned = new Map(Array.from(split.train, (row) => [groups[row], row]));
    const both = split.test.filter((row) => !Number.isNaN(groups[row]) && learned.has(groups[row]));
    const [first] = both;
    if (first !== undefined) {
      const count = new Set(Array.from(both, (row) => groups[row])).size;
      const other = fileRows[learned.get(groups[first]) as number];
      throw new DataError(
        `the holdout rows split ${count === 1 ? 'a group' : `${count} groups`}: ${shown(group, first)} is held out, and row ${other} of the same ` +
          `${group} is learned from; hold out all rows of a ${group} or none (${WITHOUT})`,
      );
    }
  }
  if (time === undefined) return;
  const times = columnOf(table, time);
  const earliest = split.test.reduce(
    (a, b) => ((times[b] as number) < (times[a] as number) ? b : a),
    split.test[0] ?? 0,
  );
  const late = split.train.filter((row) => (times[row] as number) >= (times[earliest] as number));
  const [first] = late;
  if (first === undefined || split.test.length === 0) return;
  const more = late.length === 1 ? 'which is as late' : `like ${late.length - 1} more that are as late`;
  throw new DataError(
    `the holdout rows are not later than all others: ${shown(time, earliest)} is held out, and ${shown(time, first)} is learned from, ` +
      `${more}; hold out the latest rows, or take the others out of the file (${WITHOUT})`,
  );
}

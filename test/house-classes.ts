import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Table } from '../ml/data/table.ts';
import type { Declaration } from '../ml/index.ts';
import { houses } from './houses.ts';

/** What the price of a house is told by. */
const targets = {
  /** Two levels, the second of which a quarter of the rows have. */
  dear: ['no', 'yes'],
  /** Four levels, the last of which few rows have. */
  band: ['low', 'middle', 'high', 'top'],
} as const;
export type HouseTarget = keyof typeof targets;

/** The houses of test/houses.ts, of which a class is to be predicted in place of the price. */
export function houseClasses(target: HouseTarget, roles: Partial<Declaration> = {}): Declaration {
  return {
    ...houses,
    name: `houses-${target}`,
    target,
    ...roles,
    columns: [
      ...houses.columns.filter(({ name }) => name !== 'price'),
      { name: target, title: target, kind: 'categorical', levels: [...targets[target]] },
    ],
  };
}

/** Rows whose class follows from the area and the heating, but for one in ten, which is of any class. */
function houseClassRows(target: HouseTarget, n: number): string[] {
  const levels = targets[target];
  return Array.from({ length: n }, (_, i) => {
    const area = 20 + ((i * 37) % 200);
    const rooms = 1 + ((i * 7) % 9);
    const heating = ['gas', 'heat pump', 'none'][i % 3] as string;
    const worth = area + (heating === 'heat pump' ? 30 : 0);
    const classes =
      target === 'dear' ? [Number(worth > 175)] : [Number(worth > 80) + Number(worth > 140) + Number(worth > 225)];
    const noise = (i * 29) % 10 === 0 ? [(i * 13) % levels.length] : classes;
    return `${area},${rooms},${heating},${levels[noise[0] as number]}`;
  });
}

/** Writes the data set into a folder, as `--dataset` takes it. */
export function writeHouseClasses(
  folder: string,
  target: HouseTarget,
  { rows = houseClassRows(target, 300), ...roles }: Partial<Declaration> & { readonly rows?: readonly string[] } = {},
): string {
  writeFileSync(join(folder, 'dataset.json'), JSON.stringify(houseClasses(target, roles)));
  writeFileSync(join(folder, houses.file), [`area,rooms,heating,${target}`, ...rows, ''].join('\n'));
  return folder;
}

/** The same rows as a table. */
export function houseClassTable(target: HouseTarget, n: number): Table {
  const cells = houseClassRows(target, n).map((row) => row.split(','));
  const { columns } = houseClasses(target);
  return {
    rows: n,
    columns: new Map(
      columns.map((column, j) => {
        const levels: readonly string[] = column.kind === 'categorical' ? column.levels : [];
        const numberOf = (text = '') => (column.kind === 'categorical' ? levels.indexOf(text) : Number(text));
        return [column.name, Float64Array.from(cells, (row) => numberOf(row[j]))];
      }),
    ),
  };
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Declaration } from '../ml/index.ts';

/** A small data set of the tests' own: nothing in ml/ or app/ knows it. */
export const houses: Declaration = {
  name: 'houses',
  title: 'House prices',
  file: 'houses.csv',
  target: 'price',
  columns: [
    { name: 'area', title: 'Floor area', kind: 'numeric', min: 10, max: 500, unit: 'm²' },
    { name: 'rooms', title: 'Rooms', kind: 'numeric', min: 1, max: 20, step: 1 },
    { name: 'heating', title: 'Heating', kind: 'categorical', levels: ['gas', 'heat pump', 'none'] },
    { name: 'price', title: 'Price', kind: 'numeric', min: 0, unit: 'k€' },
  ],
};

/** Rows whose price follows exactly from the features: 2 · area + 5 · rooms, and 30 more for a heat pump. */
export function houseRows(n: number): string[] {
  return Array.from({ length: n }, (_, i) => {
    const area = 20 + ((i * 37) % 200);
    const rooms = 1 + ((i * 7) % 9);
    const heating = ['gas', 'heat pump', 'none'][i % 3] as string;
    return `${area},${rooms},${heating},${2 * area + 5 * rooms + (heating === 'heat pump' ? 30 : 0)}`;
  });
}

export const houseHeader = 'area,rooms,heating,price';

/** Writes the data set into a folder, as `--dataset` takes it. */
export function writeHouses(folder: string, rows = houseRows(60)): string {
  writeFileSync(join(folder, 'dataset.json'), JSON.stringify(houses));
  writeFileSync(join(folder, houses.file), [houseHeader, ...rows, ''].join('\n'));
  return folder;
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Declaration } from '../ml/index.ts';
import { houseHeader, houseRows, houses } from './houses.ts';

/** The houses, of which each row counts by its `copies`. */
export const weightedHouses: Declaration = {
  ...houses,
  weight: 'copies',
  columns: [...houses.columns, { name: 'copies', title: 'Copies', kind: 'numeric', step: 1 }],
};

/** Rows that no line goes through, some with an area that is not known, and how often each counts: 0 to 3 times. */
const rows = houseRows(90).map((row, i) => {
  const [area, rooms, heating, price] = row.split(',');
  const known = i % 11 === 4 ? '' : area;
  return { row: [known, rooms, heating, Number(price) + ((i * 29) % 23)].join(','), copies: (i * 7 + 3) % 4 };
});

/** The rows from here on are held out. */
const FIRST_HELD = 70;

/** Writes the data set into a folder, and which rows to hold out into holdout.json. */
export function writeWeightedHouses(folder: string): string {
  writeFileSync(join(folder, 'dataset.json'), JSON.stringify(weightedHouses));
  const lines = rows.map(({ row, copies }) => `${row},${copies}`);
  writeFileSync(join(folder, houses.file), [`${houseHeader},copies`, ...lines, ''].join('\n'));
  const held = [...rows.keys()].filter((i) => i >= FIRST_HELD);
  writeFileSync(join(folder, 'holdout.json'), JSON.stringify(held));
  return folder;
}

/** The same without weights, each row as often as it counts. */
export function writeRepeatedHouses(folder: string): string {
  writeFileSync(join(folder, 'dataset.json'), JSON.stringify(houses));
  const all = rows.flatMap(({ row, copies }, i) => new Array<{ row: string; i: number }>(copies).fill({ row, i }));
  writeFileSync(join(folder, houses.file), [houseHeader, ...all.map(({ row }) => row), ''].join('\n'));
  const held = [...all.keys()].filter((at) => (all[at]?.i ?? 0) >= FIRST_HELD);
  writeFileSync(join(folder, 'holdout.json'), JSON.stringify(held));
  return folder;
}

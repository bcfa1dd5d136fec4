import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Declaration } from '../ml/index.ts';

const names = [
  'Ångermåla',
  'Bad Königswald',
  'ירושלים',
  'القاهرة',
  'A town whose name is a sentence, and so long that it does not fit on any line of a form that fits a phone',
  'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch',
  ...Array.from({ length: 54 }, (_, i) => `Town ${i}`),
];

/** Rents in sixty towns, in sections, one of whose columns has titles for its levels. */
const towns: Declaration = {
  name: 'towns',
  title: 'Rents in towns',
  file: 'towns.csv',
  target: 'rent',
  columns: [
    {
      name: 'town',
      title: 'Town',
      kind: 'categorical',
      section: 'Where',
      levels: names,
      titles: { 'Town 7': 'Seventh town' },
    },
    { name: 'size', title: 'Size', kind: 'numeric', section: 'What', min: 10, max: 200, step: 1, unit: 'm²' },
    { name: 'floor', title: 'קומה', kind: 'numeric', section: 'What', min: 0, max: 20, step: 1 },
    { name: 'rent', title: 'Rent', kind: 'numeric', unit: '€' },
  ],
};

/** Writes the data set into a folder, as `--dataset` takes it. */
export function writeTowns(folder: string): string {
  const lines = Array.from({ length: 240 }, (_, i) => {
    const town = names[(i * 7) % names.length] as string;
    const [size, floor] = [20 + ((i * 37) % 150), (i * 3) % 9];
    const rent = 8 * size + 5 * floor + 4 * ((i * 7) % names.length) + ((i * 29) % 31);
    return [`"${town}"`, size, floor, rent].join(',');
  });
  writeFileSync(join(folder, 'dataset.json'), JSON.stringify(towns));
  writeFileSync(join(folder, towns.file), ['town,size,floor,rent', ...lines, ''].join('\n'));
  return folder;
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Declaration } from '../ml/index.ts';

/** A small data set that has a column of every kind, written as people write: 1.234,5 and 31.12.2024. */
const trips: Declaration = {
  name: 'trips',
  title: 'Fares of trips',
  file: 'trips.csv',
  decimal: ',',
  thousands: '.',
  missing: ['k.A.'],
  target: 'fare',
  columns: [
    { name: 'id', title: 'Id', kind: 'identifier', reason: 'every row has another one' },
    { name: 'km', title: 'Distance', kind: 'numeric', min: 0, max: 5000, unit: 'km' },
    { name: 'express', title: 'Express', kind: 'yes_no', yes: 'ja', no: 'nein', yes_texts: ['JA'] },
    { name: 'day', title: 'Day', kind: 'date', format: 'DD.MM.YYYY', min: '01.01.2024' },
    { name: 'city', title: 'City', kind: 'categorical', levels: ['Rome', 'other'], other: 'other', unseen: 'other' },
    { name: 'currency', title: 'Currency', kind: 'constant', reason: 'every row has EUR' },
    { name: 'note', title: 'Note', kind: 'text' },
    { name: 'refund', title: 'Refund', kind: 'leaking', reason: 'it is known after the trip' },
    { name: 'fare', title: 'Fare', kind: 'numeric', unit: '€' },
  ],
  assumed: ['the column refund is known only after the trip'],
};

const cities = ['Rome', 'Oslo', 'Lima', 'Bonn'];

/** A number as the file has it. */
const written = (value: number) => value.toLocaleString('de-DE', { maximumFractionDigits: 3 });

/** What the rows follow from exactly: 2 · km, 30 for express, half a euro more each day, 10 less outside of Rome. */
export const fareOf = (km: number, isExpress: boolean, day: number, city: string) =>
  2 * km + (isExpress ? 30 : 0) + 0.5 * day - (city === 'Rome' ? 0 : 10);

function tripRows(count: number): string[] {
  return Array.from({ length: count }, (_, i) => {
    const km = 20 + ((i * 371) % 2000) + 0.5;
    const isExpress = (i * i) % 3 === 1;
    const day = (i * 11) % 28;
    const city = cities[(i * 3 + (i % 5)) % 4] as string;
    const cells = [
      `00${i}`,
      written(km),
      isExpress ? (i % 2 === 0 ? 'ja' : 'JA') : 'nein',
      `${String(day + 1).padStart(2, '0')}.01.2024`,
      city,
      'EUR',
      `"trip ${i}, by night"`,
      'k.A.',
      written(fareOf(km, isExpress, day, city)),
    ];
    return cells.map((cell) => (/[,]/.test(cell) && !cell.startsWith('"') ? `"${cell}"` : cell)).join(',');
  });
}

/** Writes the data set into a folder, as `--dataset` takes it. */
export function writeTrips(folder: string): string {
  writeFileSync(join(folder, 'dataset.json'), JSON.stringify(trips));
  const header = trips.columns.map(({ name }) => name).join(',');
  writeFileSync(join(folder, trips.file), [header, ...tripRows(80), ''].join('\n'));
  return folder;
}

// Rows of made-up cars, as many as are asked for, and which of them the job holds out.

import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createRandom } from '../../../ml/core/random.ts';
import type { Declaration } from '../../../ml/data/declaration.ts';

export const declaration: Declaration = {
  name: 'generated-cars',
  title: 'Generated cars',
  file: 'cars.csv',
  target: 'price',
  columns: [
    { name: 'fuel', title: 'Fuel', kind: 'categorical', levels: ['petrol', 'diesel', 'électrique', 'gas'] },
    { name: 'mileage', title: 'Mileage', kind: 'numeric', min: 0, max: 300_000, step: 1 },
    { name: 'power', title: 'Power', kind: 'numeric', unit: 'kW' },
    // Called as something that the job makes for itself.
    { name: 'part', title: 'Part replaced', kind: 'yes_no', yes: 'Y', no: 'N' },
    { name: 'sold', title: 'Sold', kind: 'date' },
    { name: 'price', title: 'Price', kind: 'numeric' },
  ],
};

/** Rows that are written at a time. */
const BATCH = 5000;
const HELD = 0.2;

/** Writes a data set into a folder; never more of it at a time than a batch is in memory. */
export async function writeCars(folder: string, rows: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'dataset.json'), JSON.stringify(declaration));
  await pipeline(csvOf(rows), createWriteStream(join(folder, declaration.file)));
}

/** Their CSV, piece by piece. */
export function* csvOf(rows: number): Generator<string> {
  yield `${declaration.columns.map(({ name }) => name).join(',')}\n`;
  let batch: string[] = [];
  for (const cells of carsOf(rows)) {
    batch.push(cells.join(','));
    if (batch.length < BATCH) continue;
    yield `${batch.join('\n')}\n`;
    batch = [];
  }
  if (batch.length > 0) yield `${batch.join('\n')}\n`;
}

/** The rows that the job holds out, by their places: those whose texts have such a hash with the seed. */
export function heldOut(rows: number, seed: number): number[] {
  const held: number[] = [];
  let row = 0;
  for (const cells of carsOf(rows)) {
    const md5 = createHash('md5')
      .update([seed, ...cells].join('\x1f'))
      .digest('hex');
    if (Number.parseInt(md5.slice(0, 8), 16) / 2 ** 32 < HELD) held.push(row);
    row += 1;
  }
  return held;
}

/** The same rows whenever they are asked for. */
function* carsOf(rows: number): Generator<string[]> {
  const random = createRandom(7);
  const below = (end: number) => Math.floor(random.uniform() * end);
  const fuels = ['petrol', 'diesel', 'électrique', 'gas'];
  for (let i = 0; i < rows; i++) {
    const fuel = below(4);
    const mileage = below(250_000);
    const power = (400 + below(2000)) / 10;
    const part = random.uniform() < 0.2;
    const day = below(1500);
    const worth = 4000 + 220 * power + ([0, 1500, 9000, -2000][fuel] as number) + 2 * day;
    const price = worth * Math.exp(-mileage / 180_000) * (part ? 0.8 : 1) + (random.uniform() - 0.5) * 9000;
    yield [
      random.uniform() < 0.04 ? '' : (fuels[fuel] as string),
      random.uniform() < 0.04 ? '' : String(mileage),
      String(power),
      random.uniform() < 0.04 ? '' : part ? 'Y' : 'N',
      new Date(Date.UTC(2020, 0, 1 + day)).toISOString().slice(0, 10),
      // As a number is written that was read from another format.
      String(Number(price.toFixed(2))),
    ];
  }
}

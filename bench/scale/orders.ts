import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createRandom, type Random } from '../../ml/core/random.ts';
import { isoText } from '../../ml/data/kinds/iso-date.ts';
import { normal } from '../../test/reference/data.ts';

/** The column that is predicted. */
export const TARGET = 'hours';

/** Rows whose texts are joined before they are written. */
const PIECE = 1000;
/** Days from 1970-01-01 to 2022-01-01. */
const FIRST_DAY = 18_993;

const level = (prefix: string, count: number) => Array.from({ length: count }, (_, k) => `${prefix}${k + 1}`);

const categories = {
  region: level('region of the north ', 8),
  city: level('city by the river ', 60),
  channel: ['web', 'shop', 'phone', 'partner'],
  product: level('product of the season ', 40),
  carrier: level('carrier ', 12),
  member: ['N', 'Y'],
  gift: ['no', 'yes'],
};
const numbers = ['items', 'weight', 'distance', 'price', 'discount', 'age', 'visits', 'rating', 'stock'] as const;

const header = ['order_id', 'ordered', 'packed', ...Object.keys(categories), ...numbers, TARGET];

/**
 * Writes a CSV of so many orders, of 20 columns and some 170 bytes a row: numbers, categories, yes or no, dates, and 3 % of six
 * columns missing. The hours until delivery follow from some of them, and from what nobody knows.
 */
export async function writeOrders(path: string, rows: number): Promise<void> {
  await pipeline(linesOf(rows), createWriteStream(path));
}

function* linesOf(rows: number): Generator<string> {
  const random = createRandom(1);
  yield `${header.join()}\n`;
  for (let first = 0; first < rows; first += PIECE) {
    const count = Math.min(PIECE, rows - first);
    yield Array.from({ length: count }, (_, i) => `${orderOf(first + i, random)}\n`).join('');
  }
}

function orderOf(row: number, random: Random): string {
  const codes = Object.values(categories).map(({ length }) => Math.floor(random.uniform() ** 2 * length));
  const [region, city, channel, product, carrier, member] = codes as [number, ...number[]] as number[] & { 0: number };
  const day = FIRST_DAY + random.below(1000);
  const wait = random.below(5);
  const items = 1 + random.below(20);
  const weight = Math.exp(normal(random)) * items;
  const distance = 5 + 800 * random.uniform() ** 2;
  const price = items * (5 + 3 * (product as number)) * (0.8 + 0.4 * random.uniform());
  const stock = random.below(500);
  const hours =
    12 +
    24 * wait +
    0.08 * distance * (1 + 0.2 * (carrier as number)) +
    (member === 1 ? -6 : 0) +
    (channel === 2 ? 9 : 0) +
    Math.max(0, 20 - 0.2 * stock) +
    3 * Math.sin((day / 365) * 2 * Math.PI) +
    0.3 * ((region ^ (city as number)) % 7) * Math.log1p(weight) +
    8 * normal(random);
  const known = (text: string) => (random.uniform() < 0.03 ? '' : text);
  return [
    `ORD-${String(10_000_000 + row)}`,
    isoText(day, 'date'),
    known(isoText(day + wait, 'date')),
    ...Object.values(categories).map((levels, j) => levels[codes[j] as number] as string),
    String(items),
    known(weight.toFixed(3)),
    distance.toFixed(1),
    price.toFixed(2),
    known((random.below(30) / 100).toFixed(2)),
    known(String(18 + random.below(70))),
    known(String(random.below(300))),
    known((1 + 4 * random.uniform()).toFixed(1)),
    String(stock),
    hours.toFixed(2),
  ].join();
}

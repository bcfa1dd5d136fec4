// Files that are not what they seem, sent while they are made: what counts is how much of them is read.

import { readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { HEADER_BYTES } from '../../../app/jobs/save-upload.ts';
import { writeHouses } from '../../houses.ts';
import { pour } from '../pour.ts';
import { serve } from '../serve.ts';

const MB = 1_000_000;
/** What is read of a file that is refused by its beginning, and after that for the client to hear of it. */
const EARLY = HEADER_BYTES + 60 * MB;
const served = serve(writeHouses, { jobLimits: { upload: 100 * MB } });
const csv = { 'Content-Type': 'text/csv' };

const letters = Buffer.alloc(MB, 'a');
function* oneCell(start: string) {
  yield Buffer.from(start);
  for (let i = 0; i < 1000; i++) yield letters;
}

/** Two hundred columns in each piece of the header; then rows as wide. */
function* manyColumns(columns: number) {
  for (let at = 0; at < columns; at += 200)
    yield Buffer.from(Array.from({ length: 200 }, (_, i) => `${at + i > 0 ? ',' : ''}c${at + i}`).join(''));
  const row = Buffer.from(`\n${'1,'.repeat(columns - 1)}1`);
  for (let i = 0; i < 1e9 / row.length; i++) yield row;
}

/** A gigabyte of a letter, which gzip packs into one megabyte. */
function* bomb() {
  const member = gzipSync(Buffer.alloc(16 * MB, 'a'));
  for (let i = 0; i < 64; i++) yield member;
}

function* asForm(file: Iterable<Uint8Array>) {
  yield Buffer.from('--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n');
  yield* file;
  yield Buffer.from('\r\n--x--\r\n');
}
const form = { 'Content-Type': 'multipart/form-data; boundary=x' };

const gigabyte = { 'Content-Length': String(1000 * MB) };

test.each([
  ['a gigabyte of one cell', csv, () => oneCell(''), [422, 'over 16 million characters', EARLY]],
  [
    'a gigabyte of one quoted cell in a form',
    form,
    () => asForm(oneCell('"')),
    [422, 'over a million characters', EARLY],
  ],
  [
    'a gigabyte of one cell below a header',
    csv,
    () => oneCell('area,rooms,heating\n'),
    [413, '100,000,000 bytes', 160 * MB],
  ],
  ['a million columns', csv, () => manyColumns(1_000_000), [422, '1,000,000 columns', EARLY]],
  ['a body that says it is as long', { ...csv, ...gigabyte }, () => oneCell(''), [413, '100,000,000 bytes', 60 * MB]],
  ['a body that was packed', { ...csv, 'Content-Encoding': 'gzip' }, bomb, [413, 'packed', 2 * MB]],
  ['a file that was packed', csv, bomb, [422, 'over 16 million characters', 2 * MB]],
] as const)('%s is refused before most of it is read', async (_, headers, pieces, [status, detail, most]) => {
  const before = process.memoryUsage.rss();
  let largest = before;
  const watch = setInterval(() => {
    largest = Math.max(largest, process.memoryUsage.rss());
  }, 10);
  const { sent, ...answer } = await pour(`${served.url}/api/batch`, headers, pieces);
  clearInterval(watch);
  expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(detail)]);
  expect(sent).toBeLessThan(most);
  expect((largest - before) / MB).toBeLessThan(600);
});

describe('Parquet', () => {
  const small = serve(writeHouses, { threadMemoryMb: 64 });
  /** A number as Thrift's compact protocol writes it. */
  const varint = (value: number): number[] => (value < 128 ? [value] : [(value % 128) + 128, ...varint(value >> 7)]);

  test('whose metadata takes a hundred times the memory of its bytes costs a thread, and is refused', async () => {
    const groups = 4_000_000;
    // A version, a schema of a root alone, no rows, and row groups of which nothing is said.
    const start = [0x15, 2, 0x19, 0x1c, 0x48, 1, 0x61, 0x15, 0, 0, 0x16, 0, 0x19, 0xfc, ...varint(groups)];
    const metadata = Buffer.concat([Buffer.from(start), Buffer.alloc(groups + 1)]);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(metadata.length);
    const type = { 'Content-Type': 'application/vnd.apache.parquet' };
    const file = [Buffer.from('PAR1'), metadata, length, Buffer.from('PAR1')];
    const { status, text } = await pour(`${small.url}/api/batch`, type, () => file);
    expect([status, text]).toEqual([413, expect.stringContaining('takes more memory')]);
    expect(small.logged).toEqual([]);
    const whole = { method: 'POST', headers: csv, body: 'area,rooms,heating\n50,2,gas\n' };
    expect((await fetch(`${small.url}/api/batch`, whole)).status).toBe(202);
  });
});

afterEach(() => {
  expect(readdirSync(served.batches)).toEqual([]);
  expect(served.logged.filter((line) => JSON.parse(line).level >= 50)).toEqual([]);
});

import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvText } from '../../../ml/data/csv-text.ts';
import { openCsv } from '../../../ml/data/sources/csv.ts';
import { temporaryFolder } from '../../temporary.ts';

test('what is written reads back as it was, whatever is in a cell', async () => {
  const path = join(temporaryFolder(), 'written.csv');
  const cell = fc.oneof(
    fc.constantFrom('', ' ', '\r', '\n', '\r\n', '"', ',', 'a\rb', '"",\r', '\ufeff', "'"),
    fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\0', '')),
  );
  const table = fc
    .integer({ min: 2, max: 4 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 6 }));
  await fc.assert(
    fc.asyncProperty(table, async (rows) => {
      const header = (rows[0] ?? ['a', 'b']).map((_, j) => `c${j}`);
      await pipeline(csvText([header, ...rows]), createWriteStream(path));
      const read = await openCsv(path);
      expect(read.header).toEqual(header);
      expect((await Array.fromAsync(read.rows)).map(({ cells }) => cells)).toEqual(rows);
    }),
  );
});

test('only what needs quotes stands in them, and every row ends in LF', async () => {
  const rows = [
    ['a', 'b c', "d'e", ''],
    ['1,5', 'say "x"', 'two\nlines', 'a\rb'],
  ];
  const text = (await Array.fromAsync(csvText(rows))).join('');
  expect(text).toBe('a,b c,d\'e,\n"1,5","say ""x""","two\nlines","a\rb"\n');
});

test('another delimiter is quoted where it stands in a cell, and a comma is not', async () => {
  expect((await Array.fromAsync(csvText([['1,5', 'a;b']], ';'))).join('')).toBe('1,5;"a;b"\n');
});

test('a large table comes in pieces', async () => {
  const rows = Array.from({ length: 30_000 }, (_, i) => [String(i), 'x']);
  const pieces = await Array.fromAsync(csvText(rows));
  expect(pieces.length).toBeGreaterThan(2);
  expect(pieces.join('')).toBe(rows.map((row) => `${row.join()}\n`).join(''));
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvText } from '../../../../ml/data/csv-text.ts';
import { openRows } from '../../../../ml/data/sources/row-source.ts';
import { readingFrom, sniffFile } from '../../../../ml/data/sources/sniff/sniff-file.ts';
import { inWindows1252 } from '../../../fixtures/odd-files/odd-file.ts';
import { temporaryFile } from '../../../temporary.ts';

const encodings = {
  'utf-8': (text: string) => Buffer.from(text),
  'utf-16le': (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  'utf-16be': (text: string) => Buffer.from(text, 'utf16le').swap16(),
  'windows-1252': inWindows1252,
} as const;
type Written = keyof typeof encodings;

/** Tables as programs write them: decimals with a comma where commas separate nothing, texts in quotes where they must be. */
const table = fc.record({
  encoding: fc.constantFrom<Written>('utf-8', 'utf-16le', 'utf-16be', 'windows-1252'),
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  end: fc.constantFrom('\n', '\r\n', '\r'),
  kinds: fc.array(fc.constantFrom('number', 'code', 'text', 'date'), { minLength: 1, maxLength: 5 }),
  rows: fc.integer({ min: 5, max: 30 }),
  seed: fc.nat(1000),
  titles: fc.constantFrom<readonly string[]>([], ['Bericht über 2024'], ['a title', 'of two lines']),
});

function cellOf(kind: string, i: number, decimal: string): string {
  if (kind === 'number') return `${i % 7}${decimal}${(i * 37) % 100}`;
  if (kind === 'code') return ['red', 'grün', 'blau'][i % 3] as string;
  if (kind === 'date') return `2024-0${1 + (i % 9)}-1${i % 10}`;
  return ['a text, of some words; with signs', 'say "no"', 'two\nlines', 'a|b', 'plain'][i % 5] as string;
}

test('how a table is written is found out, and its cells come back', async () => {
  await fc.assert(
    fc.asyncProperty(table, async ({ encoding, delimiter, end, kinds, rows, seed, titles }) => {
      const columns = ['number' as const, ...kinds];
      const decimal = delimiter === ',' ? '.' : ',';
      const header = columns.map((kind, j) => `Größe ${kind} ${j}`);
      const cells = Array.from({ length: rows }, (_, i) =>
        columns.map((kind, j) => cellOf(kind, seed + i * (j + 1), decimal)),
      );
      const quoted = (cell: string) =>
        /["\n]/.test(cell) || cell.includes(delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell;
      const lines = [header, ...cells].map((row) => row.map(quoted).join(delimiter));
      const path = temporaryFile(encodings[encoding]([...titles, ...lines, ''].join(end)));
      const sniffed = await sniffFile(path);
      expect(sniffed).toMatchObject({ encoding, delimiter, headerRow: titles.length, hasHeader: true });
      const source = await openRows(path, readingFrom(sniffed));
      expect(source.header).toEqual(header);
      expect((await Array.fromAsync(source.rows)).map((row) => row.cells)).toEqual(cells);
    }),
    { numRuns: 150 },
  );
});

test('a table that is written by this program is read as one', async () => {
  const rows = [
    ['x', 'a, b'],
    ['1.5', 'say "x"'],
    ['', 'two\r\nlines'],
  ];
  const text = (await Array.fromAsync(csvText(rows))).join('');
  const path = temporaryFile(text);
  const { header, rows: read } = await openRows(path, readingFrom(await sniffFile(path)));
  expect([header, ...(await Array.fromAsync(read)).map(({ cells }) => cells)]).toEqual(rows);
});

import { describe, expect, test } from 'vitest';
import { openCsv } from '../../../../ml/data/sources/csv.ts';
import type { Row } from '../../../../ml/data/sources/row.ts';
import { temporaryFile, temporaryFolder } from '../../../temporary.ts';

async function read(path: string): Promise<Row[]> {
  return Array.fromAsync((await openCsv(path)).rows);
}

test('a byte-order mark, CRLF, blank lines and quoted commas, quotes and newlines are dealt with', async () => {
  const path = temporaryFile('\ufeffa,b\r\n"1,5","say ""x"""\r\n\r\n"two\r\nlines",3\r\n4,"x\ny"\r\n5,6');
  expect((await openCsv(path)).header).toEqual(['a', 'b']);
  expect(await read(path)).toEqual([
    { line: 2, cells: ['1,5', 'say "x"'] },
    { line: 4, cells: ['two\r\nlines', '3'] },
    { line: 6, cells: ['4', 'x\ny'] },
    { line: 8, cells: ['5', '6'] },
  ]);
});

test.each([
  ['LF', 'a,b\n1,2\n3,4\n'],
  ['CRLF', 'a,b\r\n1,2\r\n3,4\r\n'],
  ['CR', 'a,b\r1,2\r3,4\r'],
  ['a header in LF and rows in CRLF', 'a,b\n1,2\r\n3,4\r\n'],
  ['a header in CRLF and rows in LF', 'a,b\r\n1,2\n3,4\n'],
  ['CR among LF', 'a,b\r1,2\n3,4'],
])('lines may end in %s', async (_, text) => {
  expect(await read(temporaryFile(text))).toEqual([
    { line: 2, cells: ['1', '2'] },
    { line: 3, cells: ['3', '4'] },
  ]);
});

test('lines are counted right where their ends change and stand inside quotes', async () => {
  const text = 'a,b\r\n"1\r\n2","\r\n"\n3,4\r\n\n"5\n6",7\r8,9';
  expect((await read(temporaryFile(text))).map(({ line }) => line)).toEqual([2, 5, 7, 9]);
});

test('a blank line is an empty cell where the header has one column; the end of the last line is none', async () => {
  expect(await read(temporaryFile('\n\na\n1\n\n\r\n2\n'))).toEqual([
    { line: 4, cells: ['1'] },
    { line: 5, cells: [''] },
    { line: 6, cells: [''] },
    { line: 7, cells: ['2'] },
  ]);
  expect(await read(temporaryFile('a\n1\n\n'))).toHaveLength(2);
  expect(await read(temporaryFile('a,b\n\n  \n1,2\n\n'))).toEqual([{ line: 4, cells: ['1', '2'] }]);
});

test('a row of another width than the header says so', async () => {
  expect(await read(temporaryFile('a,b\n1\n2,3\n4,5,6\n'))).toEqual([
    { line: 2, cells: ['1'], problem: '1 cells where the header has 2' },
    { line: 3, cells: ['2', '3'] },
    { line: 4, cells: ['4', '5', '6'], problem: '3 cells where the header has 2' },
  ]);
});

test.each([
  ['a quote that is never closed', 'a,b\n1,2\n"3,4\n5,6\n', 3, /never closed/],
  ['text after a closing quote', 'a,b\n1,2\n"3"x,4\n5,6\n', 3, /after its closing quote/],
  ['a quote in the middle of a cell', 'a,b\n1,2\n3,4"x"\n', 3, /middle of a cell/],
])('%s is reported with its line, after the rows before it', async (_, text, line, problem) => {
  expect(await read(temporaryFile(text))).toEqual([
    { line: 2, cells: ['1', '2'] },
    { line, cells: [], problem: expect.stringMatching(problem), isLast: true },
  ]);
});

test('a quote that swallows a large file is noticed before memory is full', async () => {
  const rows = await read(temporaryFile(`a,b\n"1,2\n${'3,4\n'.repeat(400_000)}`));
  expect(rows).toEqual([{ line: 2, cells: [], problem: expect.stringMatching(/never closed/), isLast: true }]);
});

test('a file that is missing, empty, a folder, or broken in its header says so', async () => {
  const folder = temporaryFolder();
  await expect(openCsv(`${folder}/none.csv`)).rejects.toThrow(/none\.csv does not exist/);
  await expect(openCsv(folder)).rejects.toThrow(/is a folder/);
  await expect(openCsv(temporaryFile(''))).rejects.toThrow(/is empty/);
  await expect(openCsv(temporaryFile('a,"b\n1,2\n'))).rejects.toThrow(/no readable header/);
});

describe('bytes that are not UTF-8', () => {
  const bytes = (...parts: (string | number[])[]) => Buffer.concat(parts.map((part) => Buffer.from(part as string)));

  test.each([
    [
      'Latin-1',
      bytes('a,b\n1,2\n3,Jos', [0xe9], '\n5,6\n'),
      3,
      /byte 0xE9 is not UTF-8 \(in Windows-1252 it is "é"\).*iconv/,
    ],
    ['in a quoted cell over lines', bytes('a,b\r\n1,2\r\n3,"x\r\ny', [0x80], '"\r\n'), 4, /byte 0x80/],
    ['a surrogate', bytes('a,b\n1,2\n', [0xed, 0xa0, 0x80]), 3, /byte 0xED/],
    ['more bytes than a character needs', bytes('a,b\n1,2\n', [0xc0, 0xaf]), 3, /byte 0xC0/],
    ['a NUL', bytes('a,b\n1,2\n3,', [0], '\n'), 3, /NUL/],
    [
      'a character that the end cuts short',
      bytes('a,b\n1,2\n3,', [0xe2, 0x82]),
      3,
      /ends in the middle of a character/,
    ],
  ])('%s: refused with line and remedy, after the rows before', async (_, content, line, problem) => {
    expect(await read(temporaryFile(content))).toEqual([
      { line: 2, cells: ['1', '2'] },
      { line, cells: [], problem: expect.stringMatching(problem), isLast: true },
    ]);
  });

  test('far into a large file the line is right still', async () => {
    const rows = 200_000;
    const content = bytes('a,b\n', '1,"é\r\n2"\r\n'.repeat(rows), 'x', [0xff], ',2\n');
    const last = (await read(temporaryFile(content))).at(-1);
    expect(last).toMatchObject({ line: 2 + 2 * rows, isLast: true });
  });

  test.each([
    ['UTF-16 with a byte-order mark', Buffer.from('\ufeffa,b\n1,2\n', 'utf16le'), /UTF-16 text.*iconv -f UTF-16 /],
    ['UTF-16 without one', Buffer.from('a,b\n1,2\n', 'utf16le'), /UTF-16 text.*iconv -f UTF-16LE /],
    ['UTF-16 the other way round', Buffer.from('a,b\n1,2\n', 'utf16le').swap16(), /UTF-16 text.*iconv -f UTF-16BE /],
    ['UTF-32', bytes([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]), /UTF-32 text.*iconv -f UTF-32 /],
    ['a workbook', bytes('PK\x03\x04', [20, 0, 6, 0]), /\.xlsx.*export it/],
    ['Parquet', bytes('PAR1', [21, 4, 21, 0x90, 0]), /Parquet/],
  ])('%s is told for what it is', async (_, content, message) => {
    await expect(openCsv(temporaryFile(content))).rejects.toThrow(message);
  });

  test("U+FFFD in UTF-8 is the user's own, and characters may be split over chunks", async () => {
    const text = `a,b\n${'€,\ufffd\n'.repeat(100_000)}`;
    const rows = await read(temporaryFile(text));
    expect(rows).toHaveLength(100_000);
    expect(rows.every(({ cells }) => cells[0] === '€' && cells[1] === '\ufffd')).toBe(true);
  });
});

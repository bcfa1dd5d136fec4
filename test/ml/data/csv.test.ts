import { expect, test } from 'vitest';
import { type CsvRow, readCsv } from '../../../ml/data/csv.ts';
import { temporaryFile, temporaryFolder } from '../../temporary.ts';

async function read(path: string): Promise<CsvRow[]> {
  return Array.fromAsync(readCsv(path));
}

test('a byte-order mark, CRLF, blank lines and quoted commas, quotes and newlines are dealt with', async () => {
  const path = temporaryFile('\ufeffa,b\r\n"1,5","say ""x"""\r\n\r\n"two\r\nlines",3\r\n4,"x\ny"\r\n5,6');
  expect(await read(path)).toEqual([
    { line: 1, cells: ['a', 'b'] },
    { line: 2, cells: ['1,5', 'say "x"'] },
    { line: 4, cells: ['two\r\nlines', '3'] },
    { line: 6, cells: ['4', 'x\ny'] },
    { line: 8, cells: ['5', '6'] },
  ]);
});

test('an empty file has no records', async () => {
  expect(await read(temporaryFile(''))).toEqual([]);
});

test.each([
  ['a quote that is never closed', 'a,b\n1,2\n"3,4\n5,6\n', 'line 3', /never closed/],
  ['text after a closing quote', 'a,b\n1,2\n"3"x,4\n', 'line 3', /after its closing quote/],
  ['a quote in the middle of a cell', 'a,b\n3,4"x"\n', 'line 2', /middle of a cell/],
])('%s is reported with its line', async (_, text, path, message) => {
  const error = await read(temporaryFile(text)).catch((error) => error);
  expect(error.name).toBe('DataError');
  expect(error.issues).toEqual([{ path, message: expect.stringMatching(message) }]);
});

test('a quote that swallows a large file is noticed before memory is full', async () => {
  const error = await read(temporaryFile(`a,b\n"1,2\n${'3,4\n'.repeat(400_000)}`)).catch((error) => error);
  expect(error.issues).toEqual([{ path: 'line 2', message: expect.stringMatching(/never closed/) }]);
});

test('a file that is missing, and a folder, say so', async () => {
  const folder = temporaryFolder();
  await expect(read(`${folder}/none.csv`)).rejects.toThrow(/none\.csv does not exist/);
  await expect(read(folder)).rejects.toThrow(/is a folder/);
});

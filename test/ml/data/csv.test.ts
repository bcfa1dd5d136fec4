import { expect, test } from 'vitest';
import { type CsvRow, openCsv } from '../../../ml/data/csv.ts';
import { temporaryFile, temporaryFolder } from '../../temporary.ts';

async function read(path: string): Promise<CsvRow[]> {
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
    { line, cells: [], problem: expect.stringMatching(problem) },
  ]);
});

test('a quote that swallows a large file is noticed before memory is full', async () => {
  const rows = await read(temporaryFile(`a,b\n"1,2\n${'3,4\n'.repeat(400_000)}`));
  expect(rows).toEqual([{ line: 2, cells: [], problem: expect.stringMatching(/never closed/) }]);
});

test('a file that is missing, empty, a folder, or broken in its header says so', async () => {
  const folder = temporaryFolder();
  await expect(openCsv(`${folder}/none.csv`)).rejects.toThrow(/none\.csv does not exist/);
  await expect(openCsv(folder)).rejects.toThrow(/is a folder/);
  await expect(openCsv(temporaryFile(''))).rejects.toThrow(/is empty/);
  await expect(openCsv(temporaryFile('a,"b\n1,2\n'))).rejects.toThrow(/no readable header/);
});

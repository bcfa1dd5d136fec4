import { parse } from 'csv-parse';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CsvSplitter } from '../../../../ml/data/sources/csv-splitter.ts';

/** The records of a text before anything that cannot be read, and whether there is such. */
interface Records {
  readonly cells: readonly (readonly string[])[];
  readonly isBroken: boolean;
}

function split(text: string, delimiter: string, cuts: readonly number[]): Records {
  const splitter = new CsvSplitter(delimiter);
  const rows = [];
  let at = 0;
  for (const cut of [...new Set(cuts)].sort((a, b) => a - b).filter((cut) => cut < text.length)) {
    rows.push(...splitter.next(text.slice(at, cut)));
    at = cut;
  }
  rows.push(...splitter.next(text.slice(at)), ...splitter.end());
  return {
    cells: rows.filter(({ isLast }) => !isLast).map(({ cells }) => cells),
    isBroken: rows.at(-1)?.isLast === true,
  };
}

/** As csv-parse reads it, whose stream would lose the records before an error. */
async function splitByCsvParse(text: string, delimiter: string): Promise<Records> {
  const cells: string[][] = [];
  const parser = parse({
    delimiter,
    relax_column_count: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    on_record: (record: string[]) => {
      cells.push(record);
      return null;
    },
  });
  const isBroken = await new Promise<boolean>((resolve) => {
    parser
      .on('error', () => resolve(true))
      .on('end', () => resolve(false))
      .resume();
    parser.end(text);
  });
  return { cells, isBroken };
}

/** Spaces around quotes, which csv-parse refuses. */
const spaced = /(^|[,;|\t\r\n]) +"|" +($|[,;|\t\r\n])/;

const delimiters = [',', ';', '\t', '|'];
const piece = fc.constantFrom(
  'a',
  '1',
  ' ',
  'é',
  '😀',
  ...delimiters,
  '"',
  '""',
  '","',
  '\n',
  '\r',
  '\r\n',
  '\n"',
  'a long cell of text',
);

test('texts are split as csv-parse splits them, wherever they are cut into pieces', async () => {
  const text = fc
    .array(piece, { maxLength: 40 })
    .map((pieces) => pieces.join(''))
    .filter((text) => !spaced.test(text));
  const cuts = fc.array(fc.nat(60), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(text, fc.constantFrom(...delimiters), cuts, async (text, delimiter, cuts) => {
      expect(split(text, delimiter, cuts)).toEqual(await splitByCsvParse(text, delimiter));
    }),
    { numRuns: 2000 },
  );
});

test('spaces around quotes do not count, wherever the text is cut into pieces', () => {
  const text = 'a, "b" ,c\n1,  "2, ""x""" , 3\r\n "4"  ,5,  6\n';
  const cells = [
    ['a', 'b', 'c'],
    ['1', '2, "x"', ' 3'],
    ['4', '5', '  6'],
  ];
  for (let cut = 0; cut <= text.length; cut++) expect(split(text, ',', [cut])).toEqual({ cells, isBroken: false });
  expect(split('a "b"', ',', [])).toEqual({ cells: [], isBroken: true });
  expect(split('"a"  b', ',', [])).toEqual({ cells: [], isBroken: true });
  expect(split('1 "a" 2\n', ' ', [])).toEqual({ cells: [['1', 'a', '2']], isBroken: false });
});

test('what is written by the rules comes back, on the lines where it stands', () => {
  const cell = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(''));
  const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(rows, fc.constantFrom('\n', '\r\n', '\r'), fc.nat(200), (rows, end, cut) => {
      const records = rows.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';') + end);
      const text = records.join('');
      const splitter = new CsvSplitter(';');
      const read = [...splitter.next(text.slice(0, cut)), ...splitter.next(text.slice(cut)), ...splitter.end()];
      const linesIn = (some: readonly string[]) => (some.join('').match(/\r\n|\n|\r/g) ?? []).length;
      expect(read).toEqual(rows.map((cells, i) => ({ line: 1 + linesIn(records.slice(0, i)), cells })));
    }),
  );
});

import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvWriter } from '../../../ml/data/csv-writer.ts';
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
      await pipeline(Readable.from([header, ...rows]), csvWriter(), createWriteStream(path));
      const read = await openCsv(path);
      expect(read.header).toEqual(header);
      expect((await Array.fromAsync(read.rows)).map(({ cells }) => cells)).toEqual(rows);
    }),
  );
});

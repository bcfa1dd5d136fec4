import { readFileSync, rmSync } from 'node:fs';
import fc from 'fast-check';
import { asyncBufferFromFile, type FileMetaData, parquetMetadataAsync } from 'hyparquet';
import { beforeAll, expect, test } from 'vitest';
import { DataError } from '../../../../ml/core/errors.ts';
import { openParquet } from '../../../../ml/data/sources/parquet.ts';
import { checkMetadata } from '../../../../ml/data/sources/parquet-bounds.ts';
import { temporaryFile } from '../../../temporary.ts';

const fixture = (name: string) => `test/fixtures/odd-files/${name}.parquet`;

async function cellsOf(path: string): Promise<(readonly string[])[]> {
  const { rows } = await openParquet(path);
  const cells: (readonly string[])[] = [];
  for await (const row of rows) cells.push(row.cells);
  return cells;
}

test('a row group that is decoded in slices gives each row once, in order', async () => {
  const { count, header } = await openParquet(fixture('long'));
  expect([count, header]).toEqual([150_000, ['place', 'level']]);
  const cells = await cellsOf(fixture('long'));
  const expected = Array.from({ length: 150_000 }, (_, i) => [String(i), i % 11 ? `level ${i % 7}` : '']);
  expect(cells.length).toBe(150_000);
  expect(cells.findIndex((row, i) => row.join() !== expected[i]?.join())).toBe(-1);
});

test('whatever bytes are changed, rows come out or it is said what is wrong', async () => {
  const bytes = readFileSync(fixture('types'));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
      fc.option(fc.nat(bytes.length)),
      async (changes, end) => {
        const changed = Buffer.from(bytes);
        for (const [at, byte] of changes) changed[at] = byte;
        const path = temporaryFile(changed.subarray(0, end ?? changed.length), 'changed.parquet');
        const rows = await cellsOf(path).catch((error) => {
          if (!(error instanceof DataError)) throw error;
          return [];
        });
        // Nothing of it is read any more: it would fail with nobody to tell.
        rmSync(path);
        expect(rows.length).toBeLessThanOrEqual(3);
      },
    ),
    { numRuns: 300 },
  );
});

let metadata: FileMetaData;
const size = { byteLength: readFileSync(fixture('types')).length, slice: () => new ArrayBuffer(0) };
beforeAll(async () => {
  metadata = await parquetMetadataAsync(await asyncBufferFromFile(fixture('types')));
});

test('sizes that cannot be are refused before memory is taken for them', () => {
  const [group, ...others] = metadata.row_groups;
  if (!group) throw new Error('it has row groups');
  checkMetadata(size, metadata);
  expect(() => checkMetadata(size, { ...metadata, num_rows: 10n ** 12n })).toThrow(
    'it is said to have 1000000000000 rows, and its row groups have 3',
  );
  expect(() =>
    checkMetadata(size, { ...metadata, row_groups: [{ ...group, num_rows: 2n ** 40n }, ...others] }),
  ).toThrow('a row group has 1099511627776 rows');
  const columns = group.columns.map(({ meta_data, ...rest }) => ({
    ...rest,
    ...(meta_data && { meta_data: { ...meta_data, total_compressed_size: 2n ** 33n } }),
  }));
  expect(() => checkMetadata(size, { ...metadata, row_groups: [{ ...group, columns }, ...others] })).toThrow(
    'a column lies outside of the file',
  );
});

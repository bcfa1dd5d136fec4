import { expect, test } from 'vitest';
import { openRows } from '../../../../ml/data/sources/row-source.ts';

test.each([
  [
    's3://lake/rows/',
    'csv',
    /^s3:\/\/lake\/rows\/ is an address.*one of its files, here; or.*--on spark --input s3:\/\/lake\/rows\/$/,
  ],
  [
    's3://lake/cars.parquet',
    'parquet',
    /\(aws s3 cp s3:\/\/lake\/cars\.parquet \.\).*--on spark --input s3:\/\/lake\/cars\.parquet$/,
  ],
  ['https://example.org/cars.csv', 'csv', /^https:\S+ is an address.*here; or have a cluster/],
  ['/nowhere/cars.csv', 'csv', /^\/nowhere\/cars\.csv does not exist$/],
  ['C://cars.csv', 'csv', /does not exist$/],
] as const)('%s as %s is refused, with what to do', async (path, format, told) => {
  await expect(openRows(path, { format })).rejects.toThrow(told);
});

import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DataError } from '../../../../ml/core/errors.ts';
import { ingest } from '../../../../ml/data/ingest.ts';
import type { Reading } from '../../../../ml/data/sources/reading.ts';
import { openRows } from '../../../../ml/data/sources/row-source.ts';
import { columnOf } from '../../../../ml/data/table.ts';
import { houseHeader, houseRows, houses } from '../../../houses.ts';
import { temporaryFile } from '../../../temporary.ts';

/** The rows of the tests' CSV as objects. */
const objects = houseRows(60).map((line) => {
  const [area, rooms, heating, price] = line.split(',');
  return { area: Number(area), rooms: Number(rooms), heating, price: Number(price) };
});

async function issuesOf(rows: readonly object[]): Promise<string[]> {
  const error = await ingest(rows, houses).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(DataError);
  return (error as DataError).issues.map(({ path, message }) => `${path}: ${message}`);
}

it('reads rows in memory as it reads those of a file', async () => {
  const ofFile = await ingest(temporaryFile([houseHeader, ...houseRows(60), ''].join('\n')), houses);
  expect(await ingest(objects, houses)).toEqual(ofFile);
});

it('takes null, undefined and a lacking key for a value that is not known', async () => {
  const [first, second, third, ...others] = objects;
  const { rooms, ...without } = third as (typeof objects)[number];
  const rows = [{ ...first, area: null }, { ...second, heating: undefined }, without, ...others];
  const { table } = await ingest(rows, houses);
  const lacking = ['area', 'heating', 'rooms'].map((name) => columnOf(table, name).findIndex(Number.isNaN));
  expect(lacking).toEqual([0, 1, 2]);
  expect(rooms).toBeTypeOf('number');
});

const inherited = ['constructor', 'toString', '__proto__'] as const;

it.each(inherited)(
  'takes a lacking %s for a value that is not known, and not for what every object has',
  async (key) => {
    const text = `[{"a": 1, ${JSON.stringify(key)}: "x"}, {"a": 2}]`;
    const sources = [
      await openRows(temporaryFile(text), { format: 'json' }),
      await openRows(temporaryFile('{"a": 1, "k": "x"}\n{"a": 2}\n'.replace('"k"', JSON.stringify(key))), {
        format: 'ndjson',
      }),
      await openRows(JSON.parse(text)),
    ];
    for (const { header, rows } of sources) {
      expect(header).toEqual(['a', key]);
      expect((await Array.fromAsync(rows)).map(({ cells }) => cells)).toEqual([
        ['1', 'x'],
        ['2', ''],
      ]);
    }
  },
);

it('keeps every bit of a number', async () => {
  const areas = [10 + 1 / 3, 0.1 + 0.2 + 12, 123.45600000000002, 2 ** 6 + 2 ** -46];
  const rows = objects.map((row, i) => ({ ...row, area: areas[i] ?? row.area }));
  const { table, rounded } = await ingest(rows, houses);
  expect([...columnOf(table, 'area').slice(0, 4)]).toEqual(areas);
  expect(rounded).toEqual([]);
});

it('says in which row something is wrong, counted from 0', async () => {
  const wrong = objects.map((row, i) => (i === 7 ? { ...row, heating: 'coal', rooms: Number.NaN } : row));
  const issues = await issuesOf(wrong);
  expect(issues[0]).toMatch(/^row 7, rooms: "NaN" stands for "not known"/);
  expect(issues[1]).toMatch(/^row 7, heating: "coal" is not one of: gas, heat pump, none/);
  const many = await issuesOf(objects.map((row, i) => (i % 9 === 4 ? { ...row, heating: 'coal' } : row)));
  expect(many).toHaveLength(1);
  expect(many[0]).toContain('"coal" (7 times, first in row 4)');
});

it('refuses values of other types, rows that are no objects, and no rows', async () => {
  const ofTypes = objects.map((row, i) => (i === 3 ? { ...row, heating: 3n } : row));
  expect((await issuesOf(ofTypes))[0]).toMatch(
    /^row 3: heating is a bigint; give a number, a text, true or false, or null/,
  );
  expect((await issuesOf([...objects, ['a list']]))[0]).toMatch(/^row 60: is no object/);
  await expect(ingest([], houses)).rejects.toThrow('the data has no rows');
});

describe('a file that the declaration tells more of', () => {
  const lines = [houseHeader, ...houseRows(60)];
  const inSemicolons = lines.map((line) => line.replaceAll(',', ';'));
  const asLines = (some: readonly string[]) => `${some.join('\r\n')}\r\n`;
  const ndjson = objects.map((row) => JSON.stringify(row)).join('\n');

  it.each<[string, string | Uint8Array, Reading]>([
    ['of semicolons', asLines(inSemicolons), { delimiter: ';' }],
    [
      'of tabs, in UTF-16',
      Buffer.from(asLines(lines).replaceAll(',', '\t'), 'utf16le'),
      { encoding: 'utf-16le', delimiter: '\t' },
    ],
    ['below a title', `Houses, "all"\n\n${asLines(lines)}`, { header_row: 3 }],
    ['packed by gzip', gzipSync(asLines(lines)), {}],
    ['of JSON', JSON.stringify(objects), { format: 'json' }],
    ['of NDJSON', ndjson, { format: 'ndjson' }],
  ])('%s is read as a plain one', async (_, content, reading) => {
    const plain = await ingest(temporaryFile(asLines(lines)), houses);
    expect(await ingest(temporaryFile(content), { ...houses, ...reading })).toEqual(plain);
  });

  it('without a header has columns that are numbered', async () => {
    const columns = houses.columns.map((column, i) => ({ ...column, header: `column_${i + 1}` }));
    const { table } = await ingest(temporaryFile(asLines(lines.slice(1))), { ...houses, headers: 'none', columns });
    expect(table).toEqual((await ingest(temporaryFile(asLines(lines)), houses)).table);
  });

  it.each<[string, string, Reading, RegExp]>([
    [
      'of semicolons',
      asLines(inSemicolons),
      {},
      /separated by ";".*declare "delimiter": ";" in dataset.json, as npm run init does/,
    ],
    ['of commas', asLines(lines), { delimiter: ';' }, /separated by commas, where another delimiter is declared/],
    [
      'of UTF-8',
      asLines(lines),
      { encoding: 'utf-16le' },
      /UTF-8 text; take "encoding": "utf-16le" out of dataset.json/,
    ],
    ['of three lines', 'a\nb\nc\n', { header_row: 9 }, /nothing on line 9, its "header_row", or below/],
    ['of CSV', asLines(lines), { format: 'parquet' }, /is no Parquet file; take "format": "parquet" out/],
    ['of NDJSON', ndjson, { format: 'json' }, /a JSON object on each line; declare "format": "ndjson"/],
  ])('%s that is declared otherwise is refused with the remedy', async (_, content, reading, message) => {
    await expect(ingest(temporaryFile(content), { ...houses, ...reading })).rejects.toThrow(message);
  });
});

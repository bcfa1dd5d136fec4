import { expect, it } from 'vitest';
import { DataError } from '../../../../ml/core/errors.ts';
import { ingest } from '../../../../ml/data/ingest.ts';
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
  const lacking = ['area', 'heating', 'rooms'].map((name) => table.columns.get(name)?.findIndex(Number.isNaN));
  expect(lacking).toEqual([0, 1, 2]);
  expect(rooms).toBeTypeOf('number');
});

it('keeps every bit of a number', async () => {
  const areas = [10 + 1 / 3, 0.1 + 0.2 + 12, 123.45600000000002, 2 ** 6 + 2 ** -46];
  const rows = objects.map((row, i) => ({ ...row, area: areas[i] ?? row.area }));
  const { table, rounded } = await ingest(rows, houses);
  expect(Array.from(table.columns.get('area')?.slice(0, 4) ?? [])).toEqual(areas);
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
  const ofTypes = objects.map((row, i) => (i === 3 ? { ...row, heating: true } : row));
  expect((await issuesOf(ofTypes))[0]).toMatch(/^row 3: heating is true; give a number, a text, or null/);
  expect((await issuesOf([...objects, ['a list']]))[0]).toMatch(/^row 60: is no object/);
  await expect(ingest([], houses)).rejects.toThrow('the data has no rows');
});

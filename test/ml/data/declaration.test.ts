import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  type Declaration,
  datasetFileSchema,
  type FeatureColumn,
  featuresOf,
  type NumericColumn,
  readDeclaration,
  weightOf,
} from '../../../ml/data/declaration.ts';
import { featureKindOf } from '../../../ml/data/kinds/index.ts';
import { houses } from '../../houses.ts';
import { panel } from '../../panel.ts';
import { temporaryFile, temporaryFolder } from '../../temporary.ts';

const shopsAndRevenue = panel.columns.filter(({ name }) => ['shop', 'revenue'].includes(name));
const sold = {
  ...houses,
  target: 'sold',
  positive: 'yes',
  columns: [...houses.columns, { name: 'sold', title: 'Sold', kind: 'categorical', levels: ['no', 'yes'] }],
};
const declare = (json: unknown) => readDeclaration(dirname(temporaryFile(JSON.stringify(json), 'dataset.json')));

test('a declaration is read as it stands', async () => {
  expect(await declare(houses)).toEqual(houses);
});

test('the weight is no feature, and at least 0', () => {
  const declaration = { ...houses, weight: 'rooms' };
  expect(featuresOf(declaration).map(({ name }) => name)).toEqual(['area', 'heating']);
  expect(featuresOf(houses).map(({ name }) => name)).toEqual(['area', 'rooms', 'heating']);
  expect(weightOf(declaration)?.min).toBe(1);
  const columns = houses.columns.map((column) => (column.name === 'area' ? { ...column, min: undefined } : column));
  expect(weightOf({ ...houses, weight: 'area', columns } as typeof houses)?.min).toBe(0);
  expect(weightOf(houses)).toBeUndefined();
});

test('the group and identifiers are no features; the time is one', () => {
  const names = (declaration: Declaration) => featuresOf(declaration).map(({ name }) => name);
  expect(names(panel)).toEqual(['month', 'area', 'sale']);
  expect(names({ ...panel, group: 'sale' })).toEqual(['month', 'area']);
  expect(names({ ...panel, group: undefined, time: undefined })).toEqual(['month', 'area', 'sale']);
});

test('a folder without a declaration, and one that is not JSON, say so', async () => {
  await expect(readDeclaration(temporaryFolder())).rejects.toThrow(/dataset\.json does not exist: --dataset names/);
  const broken = dirname(temporaryFile('{', 'dataset.json'));
  await expect(readDeclaration(broken)).rejects.toThrow(/is not JSON/);
});

test.each([
  ['a target that is no column', { ...houses, target: 'size' }, 'target'],
  [
    'two columns that headers could not tell apart',
    { ...houses, columns: [...houses.columns, { name: 'are_a', title: 'A', kind: 'numeric' }] },
    'columns.4.name',
  ],
  [
    'a range upside down',
    { ...houses, columns: [{ name: 'area', title: 'A', kind: 'numeric', min: 5, max: 1 }, ...houses.columns.slice(1)] },
    'columns.0.min',
  ],
  [
    'a step past the range',
    {
      ...houses,
      columns: [{ name: 'area', title: 'A', kind: 'numeric', min: 0, max: 1, step: 2 }, ...houses.columns.slice(1)],
    },
    'columns.0.step',
  ],
  [
    'a level twice',
    { ...houses, columns: [{ name: 'a', title: 'A', kind: 'categorical', levels: ['x', 'x'] }, ...houses.columns] },
    'columns.0.levels',
  ],
  [
    'a name that is not snake_case',
    { ...houses, columns: [{ name: 'Floor Area', title: 'A', kind: 'numeric' }, ...houses.columns] },
    'columns.0.name',
  ],
  ['a weight that is no column', { ...houses, weight: 'size' }, 'weight'],
  ['a categorical weight', { ...houses, weight: 'heating' }, 'weight'],
  ['a weight that is the target', { ...houses, weight: 'price' }, 'weight'],
  [
    'a weight that may be below 0',
    { ...houses, weight: 'w', columns: [...houses.columns, { name: 'w', title: 'W', kind: 'numeric', min: -1 }] },
    'weight',
  ],
  ['a group that is no column', { ...houses, group: 'owner' }, 'group'],
  ['a group that is the target', { ...houses, group: 'price' }, 'group'],
  ['a group that is the weight', { ...houses, weight: 'rooms', group: 'rooms' }, 'group'],
  ['a group that is a date', { ...panel, group: 'month', time: undefined }, 'group'],
  ['a group that is the time', { ...panel, group: 'area', time: 'area' }, 'group'],
  ['a group that leaves no feature', { ...panel, time: undefined, columns: shopsAndRevenue }, 'group'],
  ['a time that is a category', { ...panel, time: 'sale' }, 'time'],
  ['a time that is an identifier', { ...panel, group: undefined, time: 'shop' }, 'time'],
  ['a time that is the target', { ...panel, time: 'revenue' }, 'time'],
  ['a target that is a date', { ...panel, target: 'month', time: undefined }, 'target'],
  ['a level of interest of a number', { ...houses, positive: 'none' }, 'positive'],
  ['a level of interest of three levels', { ...houses, target: 'heating', positive: 'none' }, 'positive'],
  ['a level of interest that is no level', { ...sold, positive: 'maybe' }, 'positive'],
  [
    'identifiers alone to predict from',
    { ...panel, group: undefined, time: undefined, columns: shopsAndRevenue },
    'columns',
  ],
  [
    'a weight that leaves no feature',
    { ...houses, weight: 'rooms', columns: houses.columns.filter(({ name }) => ['rooms', 'price'].includes(name)) },
    'weight',
  ],
  ['a level that says that no level is known', { ...houses, missing: ['none'] }, 'columns.2.missing'],
  ['thousands like decimals', { ...houses, thousands: '.' }, 'thousands'],
  ['a delimiter of two characters', { ...houses, delimiter: '||' }, 'delimiter'],
  ['another encoding', { ...houses, encoding: 'ebcdic' }, 'encoding'],
  ['a missing text twice', { ...houses, missing: ['NA', 'NA'] }, 'missing'],
  [
    'a date of no format',
    { ...houses, columns: [{ name: 'd', title: 'D', kind: 'date', format: 'DD', min: '1' }, ...houses.columns] },
    'columns.0.format',
  ],
  [
    'a target that is kept out',
    { ...houses, target: 'note', columns: [...houses.columns, { name: 'note', title: 'Note', kind: 'text' }] },
    'target',
  ],
  ['a key that does not exist', { ...houses, targets: 'price' }, 'targets'],
])('%s is refused, by its path', async (_, json, path) => {
  const error = await declare(json).catch((error) => error);
  expect(error.name).toBe('DataError');
  expect(error.issues.map((issue: { path: string }) => issue.path)).toContain(path);
});

test('a target may be a category, one of whose two levels is of interest', async () => {
  expect(await declare(sold)).toEqual(sold);
  expect(await declare({ ...houses, target: 'heating' })).toMatchObject({ target: 'heating' });
});

test('$schema is for editors, and no part of the declaration', async () => {
  expect(await declare({ $schema: '../dataset.schema.json', ...houses })).toEqual(houses);
});

test('the JSON Schema for editors is that of the declaration (npx vitest run test/ml/data/declaration.test.ts -u renews it)', async () => {
  const schema = JSON.stringify(z.toJSONSchema(datasetFileSchema, { io: 'input' }), null, 2);
  await expect(`${schema}\n`).toMatchFileSnapshot('../../../data/dataset.schema.json');
});

test('a level is the same however its accents are written', async () => {
  const column = { name: 'place', title: 'Place', kind: 'categorical', levels: ['Orle\u0301ans', 'Paris'] };
  const declaration = await declare({ ...houses, columns: [...houses.columns, column] });
  expect(declaration.columns.at(-1)).toMatchObject({ levels: ['Orl\u00e9ans', 'Paris'] });
  const twice = { ...column, levels: ['Orle\u0301ans', 'Orl\u00e9ans'] };
  await expect(declare({ ...houses, columns: [...houses.columns, twice] })).rejects.toMatchObject({
    issues: [{ path: 'columns.4.levels', message: 'must not repeat a level' }],
  });
});

test('a column may say its header, which must not read like another', async () => {
  const column = { name: 'size', header: 'größe (m²)', title: 'Size', kind: 'numeric' };
  const declaration = { ...houses, columns: [...houses.columns, column] };
  expect(await declare(declaration)).toEqual(declaration);
  for (const header of ['Area!', 'AREA (%)', 'a_r_e_a', 'ａｒｅａ']) {
    const error = await declare({ ...houses, columns: [...houses.columns, { ...column, header }] }).catch((e) => e);
    expect(error.issues).toEqual([
      { path: 'columns.4.header', message: 'reads like area: CSV headers could not tell them apart' },
    ]);
  }
});

test('the same mistake in many columns is one issue', async () => {
  const columns = Array.from({ length: 9 }, (_, i) => ({ name: `x${i}`, kind: 'numeric', type: 'float', title: '' }));
  const dates = ['from', 'to'].map((name) => ({ name, title: 'T', kind: 'txt' }));
  const error = await declare({ ...houses, target: 'price', columns: [...columns, ...dates, ...houses.columns] }).catch(
    (e) => e,
  );
  expect(error.issues).toEqual([
    { path: 'columns.*.title', message: expect.stringMatching(/^must not be empty, in 9 columns: x0, x1, .*x8$/) },
    { path: 'columns.*.type', message: expect.stringMatching(/^there is no such key, in 9 columns: x0/) },
    {
      path: 'columns.*.kind',
      message:
        'must be "numeric", "categorical", "yes_no", "date", "identifier", "constant", "text" or "leaking", in 2 columns: from, to',
    },
  ]);
});

test('a CSV in place of the folder is told what is missing', async () => {
  await expect(readDeclaration(temporaryFile('a,b\n'))).rejects.toThrow(
    /is a file; --dataset names the folder.*your-own-data\.md/,
  );
});

describe('a numeric column', () => {
  const column = (limits: Partial<NumericColumn>): NumericColumn => ({
    name: 'x',
    title: 'X',
    kind: 'numeric',
    ...limits,
  });

  test.each([
    [{ min: 0, max: 10 }, [0, 5.5, 10], [-0.1, 10.1, Number.NaN, Infinity]],
    [{ min: 0, step: 1 }, [0, 3, 1e9, 1_700_000_000], [0.5, -1, 1_700_000_000.5]],
    [{ min: 0.5, step: 1 }, [0.5, 1.5], [1, 2]],
    [{ step: 0.1 }, [0.3, -0.7, 1234.5], [0.35]],
    [{}, [-1e300, 0.123], [-Infinity]],
  ])('%j', (limits, inside, outside) => {
    const read = featureKindOf(column(limits)).valueReader({});
    for (const value of inside) expect(read(value), String(value)).toBe(value);
    for (const value of outside) expect(read(value), String(value)).toBeUndefined();
  });

  test('says in words what it takes', () => {
    const allowed = (column: FeatureColumn) => featureKindOf(column).allowed();
    expect(allowed(column({ min: 0, max: 100, step: 1 }))).toBe('a whole number from 0 to 100');
    expect(allowed(column({ min: 0, step: 0.5 }))).toBe('a number of at least 0, in steps of 0.5');
    expect(allowed(column({ max: 3 }))).toBe('a number of at most 3');
    expect(allowed({ name: 'h', title: 'H', kind: 'categorical', levels: ['gas', 'none'] })).toBe('one of: gas, none');
  });
});

test('a level that is written as other columns write what is not known needs a list of its own', async () => {
  const [area, rooms, , price] = houses.columns;
  const heating = { name: 'heating', title: 'Heating', kind: 'categorical', levels: ['NA', 'gas'], missing: [] };
  const declaration = { ...houses, missing: ['NA'], columns: [area, rooms, heating, price] };
  expect(await declare(declaration)).toEqual(declaration);
});

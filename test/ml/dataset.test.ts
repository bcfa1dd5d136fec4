import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { accepts, allowed, headerKey, type NumericColumn, readDeclaration } from '../../ml/dataset.ts';
import { houses } from '../houses.ts';
import { temporaryFile, temporaryFolder } from '../temporary.ts';

const declare = (json: unknown) => readDeclaration(dirname(temporaryFile(JSON.stringify(json), 'dataset.json')));

test('a declaration is read as it stands', async () => {
  expect(await declare(houses)).toEqual(houses);
});

test('a folder without a declaration, and one that is not JSON, say so', async () => {
  await expect(readDeclaration(temporaryFolder())).rejects.toThrow(/dataset\.json does not exist: --dataset names/);
  const broken = dirname(temporaryFile('{', 'dataset.json'));
  await expect(readDeclaration(broken)).rejects.toThrow(/is not JSON/);
});

test.each([
  ['a target that is no column', { ...houses, target: 'size' }, 'target'],
  ['a categorical target', { ...houses, target: 'heating' }, 'target'],
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
    'a level twice',
    { ...houses, columns: [{ name: 'a', title: 'A', kind: 'categorical', levels: ['x', 'x'] }, ...houses.columns] },
    'columns.0.levels',
  ],
  [
    'a name that is not snake_case',
    { ...houses, columns: [{ name: 'Floor Area', title: 'A', kind: 'numeric' }, ...houses.columns] },
    'columns.0.name',
  ],
  ['a key that does not exist', { ...houses, targets: 'price' }, ''],
])('%s is refused, by its path', async (_, json, path) => {
  const error = await declare(json).catch((error) => error);
  expect(error.name).toBe('DataError');
  expect(error.issues.map((issue: { path: string }) => issue.path)).toContain(path);
});

test('headers match whatever their case and separators', () => {
  for (const header of ['race/ethnicity', 'Race Ethnicity', 'RACE-ETHNICITY', 'race_ethnicity', ' race  ethnicity ']) {
    expect(headerKey(header)).toBe('raceethnicity');
  }
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
    [{ min: 0, step: 1 }, [0, 3, 1e9], [0.5, -1]],
    [{ min: 0.5, step: 1 }, [0.5, 1.5], [1, 2]],
    [{ step: 0.1 }, [0.3, -0.7, 1234.5], [0.35]],
    [{}, [-1e300, 0.123], [-Infinity]],
  ])('%j', (limits, inside, outside) => {
    for (const value of inside) expect(accepts(column(limits), value), String(value)).toBe(true);
    for (const value of outside) expect(accepts(column(limits), value), String(value)).toBe(false);
  });

  test('says in words what it takes', () => {
    expect(allowed(column({ min: 0, max: 100, step: 1 }))).toBe('a whole number from 0 to 100');
    expect(allowed(column({ min: 0, step: 0.5 }))).toBe('a number of at least 0, in steps of 0.5');
    expect(allowed(column({ max: 3 }))).toBe('a number of at most 3');
    expect(allowed({ name: 'h', title: 'H', kind: 'categorical', levels: ['gas', 'none'] })).toBe('one of: gas, none');
  });
});

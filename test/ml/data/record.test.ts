import { expect, test } from 'vitest';
import type { DataError } from '../../../ml/core/errors.ts';
import { featuresOf } from '../../../ml/data/declaration.ts';
import { recordChecker, recordEncoder, recordFromTexts } from '../../../ml/data/record.ts';
import { RecordIssues } from '../../../ml/data/record-issues.ts';
import { houses } from '../../houses.ts';

const features = featuresOf(houses);
const issuesOf = (record: unknown) => {
  const issues = new RecordIssues();
  const right = recordChecker(features)(record, issues);
  try {
    issues.throwIfAny('wrong');
  } catch (error) {
    expect(right).toBe(false);
    return (error as DataError).issues;
  }
  expect(right).toBe(true);
  return [];
};
const good = { area: 50, rooms: 2, heating: 'gas' };

test('a record with every field, or null where one is not known, is right', () => {
  expect(issuesOf(good)).toEqual([]);
  expect(issuesOf({ area: null, rooms: null, heating: null })).toEqual([]);
});

test('a level is right however its accents are written', () => {
  const column = { name: 'place', title: 'Place', kind: 'categorical', levels: ['Orl\u00e9ans', 'Paris'] } as const;
  const columns = [{ ...column, levels: [...column.levels] }];
  const record = { place: 'Orle\u0301ans' };
  expect(recordChecker(columns)(record, new RecordIssues())).toBe(true);
  expect(recordEncoder(columns)([record]).columns.get('place')).toEqual(Float64Array.of(0));
});

test.each([
  ['a field left out', { area: 50, rooms: 2 }, 'heating', /is required: one of: gas, heat pump, none/],
  ['an unknown level', { ...good, heating: 'oil' }, 'heating', /must be one of/],
  ['a number out of range', { ...good, area: 5 }, 'area', /must be a number from 10 to 500/],
  ['a number off the step', { ...good, rooms: 2.5 }, 'rooms', /must be a whole number/],
  ['a number as text', { ...good, area: '50' }, 'area', /must be a number/],
  ['a date', { ...good, area: '2020-01-31' }, 'area', /^looks like a date; must be a number/],
  [
    'digits that are lost',
    { ...good, area: '123456789012345678' },
    'area',
    /more digits than a number keeps.*; must be/,
  ],
  ['a nested value', { ...good, area: { value: 50 } }, 'area', /must be a number/],
  ['a repeated value', { ...good, heating: ['gas', 'none'] }, 'heating', /must be one of/],
  [
    'a field that is not declared',
    { ...good, colour: 'red' },
    'colour',
    /not a field; the fields are: area, rooms, heating/,
  ],
  ['the target', { ...good, price: 3 }, 'price', /not a field/],
  [
    'a name of every object',
    JSON.parse('{"__proto__": 1, "area": 50, "rooms": 2, "heating": "gas"}'),
    '__proto__',
    /not a field/,
  ],
  ['no object', 'gas', '', /must be an object with the fields: area, rooms, heating/],
  ['null', null, '', /must be an object/],
  ['an array', [], '', /must be an object/],
])('%s is refused', (_, record, path, message) => {
  expect(issuesOf(record)).toEqual([
    { path, message: expect.stringMatching(message), keys: path === '' ? [] : [path] },
  ]);
});

test('texts become values; empty fields are left out, and what is no number stays for the check to refuse', () => {
  expect(recordFromTexts(features, { area: ' 50.5 ', rooms: '', heating: 'gas ', colour: '' })).toEqual({
    area: 50.5,
    heating: 'gas',
    colour: '',
  });
  expect(recordFromTexts(features, { area: 'big', heating: ['gas', 'none'] })).toEqual({
    area: 'big',
    heating: ['gas', 'none'],
  });
});

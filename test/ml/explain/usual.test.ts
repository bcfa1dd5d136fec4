import { describe, expect, test } from 'vitest';
import type { FeatureColumn } from '../../../ml/data/declaration.ts';
import { usualOf } from '../../../ml/explain/usual.ts';
import type { ColumnEncoding } from '../../../ml/features/column-encoding.ts';
import { houses } from '../../houses.ts';

const numeric = (column: string, learned: { impute: number; mean: number; scale: number }): ColumnEncoding => ({
  column,
  kind: 'numeric',
  as: 'raw',
  missing: 'kept',
  ...learned,
});

/** What is usual of one feature, by what was learned of it. */
function usual(column: FeatureColumn, encoding: ColumnEncoding, range?: { min: number; max: number } | null) {
  const target = houses.columns.find(({ name }) => name === 'price');
  const declaration = { ...houses, columns: [column, ...(target ? [target] : [])] };
  const domain =
    range === undefined
      ? null
      : {
          columns: [{ column: column.name, missing: false, kind: 'range' as const, range }],
          density: null,
          pairs: null,
        };
  return usualOf(declaration, { recipes: [], columns: [encoding], target: null }, domain).get(column.name);
}

const area: FeatureColumn = { name: 'area', title: 'Area', kind: 'numeric', min: 10, max: 500 };

describe('what is usual of a number', () => {
  test('is its median, in a few digits, and where most numbers lie', () => {
    const encoding = numeric('area', { impute: 123.456789, mean: 120, scale: 20 });
    expect(usual(area, encoding, { min: 50, max: 190 })).toEqual({ typical: 123.5, range: { min: 50, max: 190 } });
  });

  test('leaves out what lies far from the rest, and what is not allowed', () => {
    const encoding = numeric('area', { impute: 100, mean: 120, scale: 50 });
    expect(usual(area, encoding, { min: -900, max: 9000 })?.range).toEqual({ min: 10, max: 320 });
  });

  test('is on the steps of the column', () => {
    const rooms: FeatureColumn = { name: 'rooms', title: 'Rooms', kind: 'numeric', min: 1, max: 20, step: 1 };
    expect(usual(rooms, numeric('rooms', { impute: 4.5, mean: 4, scale: 2 }), { min: 1, max: 9 })?.typical).toBe(5);
    const price: FeatureColumn = { name: 'fee', title: 'Fee', kind: 'numeric', step: 0.05 };
    expect(usual(price, numeric('fee', { impute: 0.325, mean: 0.3, scale: 0.1 }), { min: 0, max: 1 })?.typical).toBe(
      0.35,
    );
  });

  test('of a release that does not know what was learned from is what is allowed, near the mean', () => {
    const encoding = numeric('area', { impute: 100, mean: 120, scale: 50 });
    expect(usual(area, encoding)).toEqual({ typical: 100, range: { min: 10, max: 320 } });
  });

  test('is nothing where no row has one', () => {
    expect(usual(area, numeric('area', { impute: 0, mean: 0, scale: 1 }), null)).toEqual({
      typical: undefined,
      range: undefined,
    });
  });
});

test('what is usual of a date is a day, and of a category its most frequent level', () => {
  const day: FeatureColumn = { name: 'day', title: 'Day', kind: 'date', min: '2024-01-01' };
  const encoding = numeric('day', { impute: 19_800.5, mean: 19_800, scale: 10 });
  expect(usual(day, encoding, { min: 19_790, max: 19_810 })).toEqual({
    typical: 19_800,
    range: { min: 19_790, max: 19_810 },
  });
  const heating: FeatureColumn = { name: 'heating', title: 'Heating', kind: 'categorical', levels: ['gas', 'none'] };
  const levels = ['gas', 'none'];
  expect(
    usual(heating, { column: 'heating', kind: 'categorical', as: 'codes', missing: 'kept', impute: 1, levels }),
  ).toEqual({ typical: 1, range: undefined });
});

import { expect, test } from 'vitest';
import { takeRows } from '../../../ml/data/table.ts';
import { singleModel } from '../../../ml/estimators/model.ts';
import { predictRows } from '../../../ml/estimators/predict-rows.ts';
import { sampledContributions } from '../../../ml/explain/sampled.ts';
import { housePart } from '../estimators/house-parts.ts';
import { houseTable } from '../selection/house-table.ts';

const names = ['area', 'rooms', 'heating'];
const typicalOf = (part: ReturnType<typeof housePart>) =>
  new Map(part.preprocessor.columns.map(({ column, impute }) => [column, impute]));

test('of a line they are what they are exactly: coefficients times distances from what is typical', () => {
  const part = housePart('linear', 0);
  const { bases, values } = sampledContributions(part, houseTable, names);
  const typical = typicalOf(part);
  const at = (column: string, row: number) => houseTable.columns.get(column)?.[row] as number;
  for (let row = 0; row < houseTable.rows; row++) {
    // Prices are 2 · area + 5 · rooms.
    expect(values[3 * row]).toBeCloseTo(2 * (at('area', row) - (typical.get('area') as number)), 8);
    expect(values[3 * row + 1]).toBeCloseTo(5 * (at('rooms', row) - (typical.get('rooms') as number)), 8);
    expect(values[3 * row + 2]).toBeCloseTo(0, 8);
  }
  expect(bases[0]).toBeCloseTo(2 * (typical.get('area') as number) + 5 * (typical.get('rooms') as number), 8);
});

test('of a typical record they are 0, and so are those of columns that are typical', () => {
  const part = housePart('knn', 0);
  const typical = typicalOf(part);
  const one = (area: number): typeof houseTable => ({
    rows: 1,
    columns: new Map(
      names.map((name) => [name, Float64Array.of(name === 'area' ? area : (typical.get(name) as number))]),
    ),
  });
  const same = sampledContributions(part, one(typical.get('area') as number), names);
  expect([...same.values]).toEqual([0, 0, 0]);
  const larger = sampledContributions(part, one(200), names);
  const [prediction = Number.NaN] = predictRows(singleModel(part), one(200)).values;
  expect(larger.bases).toEqual(same.bases);
  expect([...larger.values.subarray(1)]).toEqual([0, 0]);
  expect(larger.values[0]).toBeCloseTo(prediction - (same.bases[0] as number), 10);
});

test('equal records are explained alike, wherever they stand', () => {
  const part = housePart('adaboost', 0);
  const { values } = sampledContributions(part, takeRows(houseTable, Uint32Array.of(5, 9, 5)), names);
  expect(values.subarray(0, 3)).toEqual(values.subarray(6, 9));
  expect(values.subarray(0, 3)).not.toEqual(values.subarray(3, 6));
});

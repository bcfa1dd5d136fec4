import { describe, expect, test } from 'vitest';
import { singleModel } from '../../../ml/estimators/model.ts';
import { predictRows } from '../../../ml/estimators/predict-rows.ts';
import { contributionsOf } from '../../../ml/explain/contributions.ts';
import { housePart } from '../estimators/house-parts.ts';
import { houseTable, rows } from '../selection/house-table.ts';
import { lineModel, oneHouse } from './made-model.ts';

const means = (values: Float64Array, columns: number) =>
  Array.from({ length: columns }, (_, j) =>
    values.reduce((sum, value, at) => sum + (at % columns === j ? value / rows : 0), 0),
  );

test('of a line they are coefficients times distances from the mean', () => {
  const { base, values, method } = contributionsOf(singleModel(housePart('linear', 0)), houseTable);
  expect(method).toBe('exact');
  // Prices are 2 · area + 5 · rooms.
  const areas = houseTable.columns.get('area') as Float64Array;
  for (const [a, b] of [
    [0, 1],
    [3, 17],
  ] as const)
    expect((values[3 * a] as number) - (values[3 * b] as number)).toBeCloseTo(
      2 * ((areas[a] as number) - (areas[b] as number)),
      8,
    );
  expect(base).toBeGreaterThan(100);
});

test('their mean over rows like those that were learned from is about 0, of each column', () => {
  for (const name of ['linear', 'random_forest', 'xgboost', 'catboost']) {
    const { base, values, columns } = contributionsOf(singleModel(housePart(name, 0)), houseTable);
    for (const mean of means(values, columns.length)) expect(Math.abs(mean) / base, name).toBeLessThan(0.05);
  }
});

test('sampled ones are of the same sign and size as exact ones', () => {
  const [exact, sampled] = ['xgboost', 'adaboost'].map((name) =>
    contributionsOf(singleModel(housePart(name, 0)), houseTable),
  ) as [ReturnType<typeof contributionsOf>, ReturnType<typeof contributionsOf>];
  const areas = houseTable.columns.get('area') as Float64Array;
  const largest = areas.indexOf(Math.max(...areas));
  const smallest = areas.indexOf(Math.min(...areas));
  for (const { values } of [exact, sampled]) {
    expect(values[3 * largest]).toBeGreaterThan(50);
    expect(values[3 * smallest]).toBeLessThan(-50);
  }
});

test('what a made column adds is shared equally among those that it was made of', () => {
  const { base, columns, values } = contributionsOf(lineModel(1, [2, 3, 10]), oneHouse(4, 6));
  expect([base, columns, [...values]]).toEqual([1, ['area', 'rooms'], [2 * 4 + 50, 3 * 6 + 50]]);
});

describe('of a logarithm', () => {
  const target = { shift: 5, lowest: -1, highest: 3, factor: 2 };
  const explain = (intercept: number, coefficients: readonly number[], area: number, rooms: number) => {
    const model = lineModel(intercept, coefficients, target);
    const explained = contributionsOf(model, oneHouse(area, rooms));
    const [prediction = Number.NaN] = predictRows(model, oneHouse(area, rooms)).values;
    expect(explained.method).toBe('rescaled');
    return { base: explained.base, values: [...explained.values], prediction };
  };

  test('each column has the share of the difference that it has of the logarithm’s', () => {
    const { base, values, prediction } = explain(2, [0.25, 0.5, 0], 1, 1);
    expect(base).toBeCloseTo(2 * Math.exp(2) - 5, 12);
    expect(prediction).toBeCloseTo(2 * Math.exp(2.75) - 5, 12);
    expect(values[0]).toBeCloseTo((prediction - base) / 3, 12);
    expect(values[1]).toBeCloseTo((2 * (prediction - base)) / 3, 12);
  });

  test('they go no further than predictions do', () => {
    const { base, values, prediction } = explain(2, [4, 12, 0], 1, 1);
    expect(prediction).toBeCloseTo(2 * Math.exp(3) - 5, 12);
    expect(values[0]).toBeCloseTo((prediction - base) / 4, 12);
    // Both ends are at the limit, so that nothing makes a difference.
    expect(explain(4, [4, 12, 0], 1, 1)).toMatchObject({ base: prediction, values: [0, 0], prediction });
    // The target is not below 0.
    const lowest = explain(0, [-1, -1, 0], 9, 9);
    expect([lowest.base, ...lowest.values, lowest.prediction].map(Math.abs)).toEqual([0, 0, 0, 0]);
  });

  test('where columns cancel each other they have the slope of the exponential', () => {
    const { base, values, prediction } = explain(2, [0.5, -0.5, 0], 1, 1);
    expect(prediction).toBeCloseTo(base, 12);
    expect(values[0]).toBeCloseTo(0.5 * 2 * Math.exp(2), 6);
    expect(values[1]).toBeCloseTo(-0.5 * 2 * Math.exp(2), 6);
  });
});

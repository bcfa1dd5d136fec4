import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { DataError } from '../../../ml/core/errors.ts';
import { loadPredictor, ofNumbers } from '../../../ml/pipeline/predict.ts';
import { train } from '../../../ml/pipeline/train.ts';
import { makeFolder } from '../../temporary.ts';
import { housePredictor } from '../house-predictor.ts';

const predictor = housePredictor();

test('each field is read as what it is, whatever the order in which it comes', () => {
  expect(predictor().predict({ area: 100, rooms: 3, heating: 'gas' })).toBeCloseTo(215, 9);
  expect(predictor().predict({ heating: 'heat pump', rooms: 3, area: 100 })).toBeCloseTo(245, 9);
  expect(predictor().predict({ rooms: 10, area: 30, heating: 'none' })).toBeCloseTo(110, 9);
});

test('what is not known is imputed from the training rows', () => {
  // Of the 48 training rows most have a heat pump, and the median of the rooms is 5.
  const typical = predictor().predict({ area: 100, rooms: 5, heating: 'heat pump' });
  expect(predictor().predict({ area: 100, rooms: null, heating: null })).toBe(typical);
});

test('many records are predicted like each alone', () => {
  const records = Array.from({ length: 20 }, (_, i) => ({
    area: 20 + i,
    rooms: 1 + (i % 5),
    heating: i % 2 === 0 ? 'gas' : 'none',
  }));
  expect([...predictor().predictAll(records)]).toEqual(records.map((record) => predictor().predict(record)));
  expect(predictor().predictAll([])).toHaveLength(0);
});

test('what does not fit is refused by record and field', () => {
  const good = { area: 100, rooms: 3, heating: 'gas' };
  const issuesOf = (call: () => unknown) => {
    try {
      return call();
    } catch (error) {
      return (error as { issues: unknown }).issues;
    }
  };
  expect(issuesOf(() => predictor().predict({ ...good, area: 9 }))).toMatchObject([
    { path: 'area', message: 'must be a number from 10 to 500' },
  ]);
  expect(issuesOf(() => predictor().predictAll([good, { ...good, heating: 'oil' }, 7]))).toMatchObject([
    { path: '1.heating', message: 'must be one of: gas, heat pump, none' },
    { path: '2', message: 'must be an object with the fields: area, rooms, heating' },
  ]);
});

const errorOf = (call: () => unknown) => {
  try {
    return call();
  } catch (error) {
    return error as DataError;
  }
};

test('of a flood of mistakes the first are told and all are counted', () => {
  expect(errorOf(() => predictor().predictAll(new Array(5000).fill(7)))).toMatchObject({
    issues: { length: 103 },
    total: 5000,
  });
  const keys = Object.fromEntries(Array.from({ length: 200_000 }, (_, i) => [`key${i}`, i]));
  expect(errorOf(() => predictor().predict({ area: 1, ...keys }))).toMatchObject({
    issues: { length: 103 },
    total: 200_003,
  });
});

describe('a prediction that is not finite is an error that names the fields that lie far outside', () => {
  // Two columns without a range, whose sum is the target.
  const folder = makeFolder();
  const column = (name: string) => ({ name, title: name, kind: 'numeric' });
  beforeAll(async () => {
    const columns = [column('x'), column('z'), { ...column('y') }];
    const declaration = { name: 'sums', title: 'Sums', file: 'sums.csv', target: 'y', columns };
    writeFileSync(join(folder, 'dataset.json'), JSON.stringify(declaration));
    const rows = Array.from({ length: 60 }, (_, i) => [i, (i * 7) % 11, 2 * i + 2 * ((i * 7) % 11)].join(','));
    writeFileSync(join(folder, 'sums.csv'), ['x,z,y', ...rows].join('\n'));
    await train({ dataset: folder, models: ['linear'], artifacts: join(folder, 'artifacts') });
  });
  const load = async () => ofNumbers(await loadPredictor(join(folder, 'artifacts')));

  test('of one record', async () => {
    const sums = await load();
    expect(errorOf(() => sums.predict({ x: 1.7e308, z: 5 }))).toMatchObject({
      message: 'The prediction is not a finite number',
      issues: [{ path: 'x', keys: ['x'], message: expect.stringMatching(/^1\.7 × 10³⁰⁸ lies too far .*mean 2\d/) }],
    });
    expect(errorOf(() => sums.predict({ x: 1e308, z: -1.7e308 }))).toMatchObject({
      issues: [{ path: 'z' }, { path: 'x' }],
    });
    expect(errorOf(() => sums.predict({ x: 1e308, z: null }))).toMatchObject({ issues: [{ path: 'x' }] });
  });

  test('of many records, by their places', async () => {
    const sums = await load();
    const good = { x: 1, z: 2 };
    expect(
      errorOf(() => sums.predictAll([good, { ...good, z: 1.7e308 }, good, { ...good, x: -1.7e308 }])),
    ).toMatchObject({ issues: [{ path: '1.z', keys: [1, 'z'] }, { path: '3.x' }], total: 2 });
  });

  test('of the rows of a table, in one go or each by itself', async () => {
    const sums = await load();
    const table = {
      rows: 2,
      columns: new Map([
        ['x', Float64Array.of(1, 1.7e308)],
        ['z', Float64Array.of(1, 1)],
      ]),
    };
    expect(errorOf(() => sums.predictTable(table))).toMatchObject({ issues: [{ path: '1.x' }] });
    const { predictions, unpredicted } = sums.predictRows(table);
    expect(predictions.values[0]).toBeCloseTo(4, 9);
    expect([...unpredicted]).toMatchObject([{ row: 1, reasons: [{ column: ['x'] }] }]);
  });
});

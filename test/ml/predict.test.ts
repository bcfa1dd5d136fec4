import { expect, test } from 'vitest';
import { housePredictor } from './house-predictor.ts';

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

test('a flood of mistakes is cut short', () => {
  const error = (() => {
    try {
      return predictor().predictAll(new Array(5000).fill(7));
    } catch (error) {
      return error as { issues: unknown[] };
    }
  })();
  expect(error).toHaveProperty('issues.length', 100);
});

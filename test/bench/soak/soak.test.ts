import { expect, test } from 'vitest';
import { kindAt, kindsOf, SHARES } from '../../../bench/soak/requests.ts';
import { growthOf } from '../../../bench/soak/slope.ts';

test('growth is what the line of least squares rises by from the first to the last', () => {
  const samples = (values: readonly number[]) => values.map((value, i) => ({ requests: 10 * i, value }));
  expect(growthOf(samples([100, 100, 100]))).toBe(0);
  expect(growthOf(samples([95, 100, 105]))).toBeCloseTo(0.1, 12);
  expect(growthOf(samples([100, 120, 80, 100, 120, 80, 100]))).toBeLessThan(0);
});

test('of a hundred thousand requests as many are of each kind as it says', () => {
  const kinds = kindsOf({ area: 50, rooms: null, heating: 'gas, "new"' });
  const drawn = Array.from({ length: SHARES }, (_, i) => kindAt(kinds, i));
  expect(kinds.map((kind) => drawn.filter((each) => each === kind).length)).toEqual(kinds.map(({ share }) => share));
  expect(kinds.find(({ name }) => name === 'a file')?.body).toMatch(/^area,rooms,heating\n"50",,"gas, ""new"""\n/);
});

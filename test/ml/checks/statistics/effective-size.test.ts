import { expect, test } from 'vitest';
import { EffectiveSize } from '../../../../ml/checks/statistics/effective-size.ts';

function sizeOf(rows: readonly (readonly [weight: number, group?: string])[]): number {
  const size = new EffectiveSize();
  for (const [weight, group] of rows) size.add(weight, group);
  return size.size;
}

test('rows of equal weight tell as much as they are many', () => {
  expect(sizeOf([[1], [1], [1]])).toBe(3);
  expect(sizeOf([[0.2], [0.2], [0.2]])).toBeCloseTo(3, 12);
  expect(sizeOf([])).toBe(0);
});

test('one that outweighs the others tells almost as much as all', () => {
  expect(sizeOf([[1000], [1], [1]])).toBeCloseTo(1, 1);
});

test('groups count, not their rows; a row without one belongs to no other', () => {
  expect(
    sizeOf([
      [1, 'a'],
      [1, 'a'],
      [1, 'b'],
      [1, 'b'],
    ]),
  ).toBe(2);
  expect(sizeOf([[1, 'a'], [1, 'a'], [2]])).toBe(2);
});

test.each([
  ['large', 1e300],
  ['small before large ones', 1e-3],
])('weights may be %s', (_, first) => {
  expect(sizeOf([[first], [1e300], [1e300]])).toBeCloseTo(first === 1e300 ? 3 : 2, 9);
  expect(
    sizeOf([
      [first, 'a'],
      [1e300, 'b'],
      [1e300, 'b'],
    ]),
  ).toBeCloseTo(first === 1e300 ? 1.8 : 1, 9);
});

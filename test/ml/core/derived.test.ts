import { expect, test } from 'vitest';
import { Derived } from '../../../ml/core/derived.ts';

test('a value is made once for a source, and anew where it is made by something else', () => {
  let made = 0;
  const derived = new Derived<object, number>();
  const of = (source: object, ...by: (number | Float64Array)[]) => derived.of(source, by, () => ++made);
  const [a, b] = [{}, {}];
  const weights = Float64Array.of(1);
  expect([of(a, 256, weights), of(a, 256, weights), of(b, 256, weights)]).toEqual([1, 1, 2]);
  expect(of(a, 64, weights)).toBe(3);
  expect(of(a, 64, Float64Array.of(1))).toBe(3);
  weights[0] = 2;
  expect([of(a, 64, weights), of(a, 64, weights)]).toEqual([4, 4]);
  expect(of(a, 64)).toBe(5);
  expect(of(b, 256, Float64Array.of(1))).toBe(2);
});

test('what cannot be made is asked for again', () => {
  const derived = new Derived<object, number>();
  const source = {};
  expect(() =>
    derived.of(source, [], () => {
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(derived.of(source, [], () => 1)).toBe(1);
});

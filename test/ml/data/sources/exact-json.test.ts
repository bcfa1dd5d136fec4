import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseExactly } from '../../../../ml/data/sources/exact-json.ts';

test('numbers that a double may not hold are the texts that they are written as', () => {
  expect(parseExactly('{"a": 123456789012345678, "b": [-1.50, "7e1"]}')).toEqual({
    a: '123456789012345678',
    b: ['-1.50', '7e1'],
  });
  expect(parseExactly('[713752e1]')).toEqual(['713752e1']);
  expect(parseExactly('{"a": 1.50}')).toEqual({ a: 1.5 });
});

test('what is not a number is null, as Python writes it, and an infinity stays one', () => {
  expect(parseExactly('[{"a": NaN, "NaN": "-Infinity, NaN", "b": -Infinity}, {"a": Infinity, "b": 1e3}]')).toEqual([
    { a: null, NaN: '-Infinity, NaN', b: '-Infinity' },
    { a: 'Infinity', b: '1e3' },
  ]);
});

test('what a text says does not change otherwise, whatever stands in its strings', () => {
  const asTexts = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value), (_, each) => (typeof each === 'number' ? String(each) : each));
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      expect(asTexts(parseExactly(text))).toEqual(asTexts(value));
      expect(asTexts(parseExactly(JSON.stringify(value, undefined, 2)))).toEqual(asTexts(value));
    }),
  );
});

test.each(['', '{', '[1,]', '01', '[12345678901234567 8]', '{NaN: 1}', '[NaN'])('%j is not JSON', (text) => {
  expect(() => parseExactly(text)).toThrow(SyntaxError);
});

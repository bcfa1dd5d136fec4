import { expect, test } from 'vitest';
import { jsonText } from '../../../ml/core/json.ts';
import { findNotFinite, toJson } from '../../../ml/core/plain-data.ts';

test.each([Number.NaN, Infinity, -Infinity])('%d never becomes null', (value) => {
  expect(() => jsonText({ a: [{ r2: value }] })).toThrow(`r2 is ${value}; JSON has no such number`);
  expect(() => toJson({ a: [1, value] })).toThrow(`1 is ${value}`);
});

test('a null that is one stays, and so does every other number', () => {
  expect(JSON.parse(jsonText({ a: null, b: [-0, 1e-320, 1.7976931348623157e308] }))).toEqual({
    a: null,
    b: [0, 1e-320, 1.7976931348623157e308],
  });
});

test('where a number is not finite is found, wherever it is', () => {
  expect(findNotFinite({ a: 1, b: { c: [1, Number.NaN] } })).toBe('b.c.1 is NaN');
  expect(findNotFinite({ trees: { threshold: Float64Array.of(1, 2, -Infinity) } })).toBe(
    'trees.threshold.2 is -Infinity',
  );
  expect(findNotFinite({ values: [Float32Array.of(1e39)] })).toBe('values.0.0 is Infinity');
  expect(findNotFinite({ a: 'NaN', b: null, c: true, d: Int32Array.of(1), e: Float64Array.of(1e308) })).toBeUndefined();
});

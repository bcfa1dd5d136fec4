import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromJson, toJson } from '../../../ml/core/plain-data.ts';
import { plain } from './plain-arbitrary.ts';

test('what is written comes back, every bit of it', () => {
  fc.assert(
    fc.property(plain(3), (data) => {
      expect(fromJson(toJson(data))).toEqual(data);
    }),
  );
});

test('typed arrays keep NaN, infinities and the sign of zero, and may be views', () => {
  const values = Float64Array.of(7, Number.NaN, -Infinity, -0, 0.1);
  const back = fromJson(toJson({ values: values.subarray(1) })) as { values: Float64Array };
  expect([...back.values].every((value, i) => Object.is(value, values[i + 1]))).toBe(true);
});

import { expect, test } from 'vitest';
import { allFinite } from '../../../ml/core/finite.ts';

test.each([Number.NaN, Infinity, -Infinity])('%d is found wherever it stands', (value) => {
  for (const length of [1, 2, 3, 4, 5, 6, 7, 8, 9]) {
    const values = Float64Array.from({ length }, (_, i) => (i % 2 ? -1e308 : 5e-324));
    expect(allFinite(values)).toBe(true);
    expect(allFinite(Float32Array.from(values, Math.sign))).toBe(true);
    for (let at = 0; at < length; at++) {
      expect(allFinite(values.with(at, value))).toBe(false);
      expect(allFinite(Float32Array.from(values, Math.sign).with(at, value))).toBe(false);
    }
  }
  expect(allFinite(new Float64Array())).toBe(true);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quickselect } from '../../../../ml/estimators/neighbours/quickselect.ts';

test('what is before the middle is at most, and what is after at least, its key; rows go with their keys', () => {
  const values = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(values, fc.nat(), fc.nat(), (values, a, b) => {
      const start = a % values.length;
      const middle = start + (b % (values.length - start));
      const keys = Float64Array.from(values);
      const rows = Uint32Array.from(values, (_, i) => i);
      quickselect(keys, rows, middle, start, values.length);
      const pivot = keys[middle] as number;
      expect(keys.slice(0, start)).toEqual(Float64Array.from(values.slice(0, start)));
      expect(keys.slice(start, middle).every((key) => key <= pivot)).toBe(true);
      expect(keys.slice(middle).every((key) => key >= pivot)).toBe(true);
      expect([...rows].map((row) => values[row])).toEqual([...keys]);
      expect([...rows].toSorted((p, q) => p - q)).toEqual(values.map((_, i) => i));
    }),
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from '../../../ml/core/random.ts';
import { sortedPlaces } from '../../../ml/core/sorted-places.ts';

const byComparing = (values: Float64Array) =>
  Uint32Array.from(values.keys()).sort((a, b) => (values[a] as number) - (values[b] as number) || a - b);

test('places are those of a sort that compares, those of equal numbers in their order', () => {
  const few = fc.constantFrom(-3, -0, 0, 1e-300, 5, 19_000, 2 ** 40);
  const any = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(fc.array(fc.oneof(few, any)), (numbers) => {
      const values = Float64Array.from(numbers);
      expect(sortedPlaces(values)).toEqual(byComparing(values));
      expect([...values]).toEqual(numbers);
    }),
  );
});

test('of many days too', () => {
  const random = createRandom(4);
  const days = Float64Array.from({ length: 5000 }, () => 18_000 + random.below(1500));
  expect(sortedPlaces(days)).toEqual(byComparing(days));
});

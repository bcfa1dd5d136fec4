import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromJson, type PlainData, toJson } from '../../../ml/core/plain-data.ts';

const plain: fc.Memo<PlainData> = fc.memo((depth) =>
  depth <= 1
    ? fc.oneof<fc.Arbitrary<PlainData>[]>(
        fc.constant(null),
        fc.boolean(),
        fc.string(),
        fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
        fc.float64Array(),
        fc.float32Array(),
        fc.int32Array(),
        fc.uint32Array(),
        fc.uint16Array(),
        fc.uint8Array(),
      )
    : fc.oneof<fc.Arbitrary<PlainData>[]>(
        fc.array(plain(depth - 1)),
        fc.dictionary(fc.string(), plain(depth - 1), { noNullPrototype: true }),
      ),
);

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

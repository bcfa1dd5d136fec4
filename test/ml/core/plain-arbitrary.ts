import fc from 'fast-check';
import type { PlainData } from '../../../ml/core/plain-data.ts';

// Longer than the arrays that stay readable in a release.
const sized = { maxLength: 40 };

/** Plain data of some depth, with every kind of typed array. */
export const plain: fc.Memo<PlainData> = fc.memo((depth) =>
  depth <= 1
    ? fc.oneof<fc.Arbitrary<PlainData>[]>(
        fc.constant(null),
        fc.boolean(),
        fc.string(),
        fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
        fc.float64Array(sized),
        fc.float32Array(sized),
        fc.int32Array(sized),
        fc.uint32Array(sized),
        fc.uint16Array(sized),
        fc.uint8Array(sized),
      )
    : fc.oneof<fc.Arbitrary<PlainData>[]>(
        fc.array(plain(depth - 1)),
        fc.dictionary(fc.string(), plain(depth - 1), { noNullPrototype: true }),
      ),
);

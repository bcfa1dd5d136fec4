import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Hash64 } from '../../../../../ml/estimators/import/catboost/hash-64.ts';

const MASK = 2n ** 64n - 1n;
const FACTOR = 0x4906ba494954cb65n;

describe('a hash of 64 bits', () => {
  it('is what integers of any size come to', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { maxLength: 5 }), (numbers) => {
        const hash = new Hash64();
        let expected = 0n;
        for (const number of numbers) {
          hash.add(number);
          expected = (FACTOR * (expected + FACTOR * (BigInt(number) & MASK))) & MASK;
        }
        expect((BigInt(hash.high) << 32n) | BigInt(hash.low)).toBe(expected);
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gridCheck, readingOf } from '../../../ml/data/decimal.ts';

const withoutZeros = (digits: string) => digits.replace(/0+$/, '');

describe('what becomes of a literal', () => {
  test.each([
    ['0.1', 'kept'],
    ['0', 'kept'],
    ['-0.000', 'kept'],
    ['6.02214076e23', 'kept'],
    ['9007199254740991', 'kept'],
    ['9007199254740992', 'kept'],
    ['9007199254740993', 'lost'],
    ['123456789012345678', 'lost'],
    ['-123456789012345678.0', 'lost'],
    ['1.23456789012345678e17', 'lost'],
    ['123456789012345678.5', 'lost'],
    ['100000000000000000000', 'kept'],
    ['9223372036854775808', 'kept'],
    ['1e400', 'lost'],
    ['1e-400', 'lost'],
    ['5e-324', 'kept'],
    ['0.12345678901234567', 'kept'],
    ['0.12345678901234567891', 'rounded'],
    ['1700000000.123456789', 'rounded'],
    ['0.30000000000000000000', 'kept'],
    ['0.1000000000000000055511151231257827', 'kept'],
  ])('%s is %s', (literal, reading) => {
    expect(readingOf(literal, Number(literal))).toBe(reading);
  });

  test('what any double is written as is kept, in the shortest form and in that of other programs', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(readingOf(String(value), value)).toBe('kept');
        expect(readingOf(value.toExponential(16), value)).toBe('kept');
      }),
    );
  });

  test('a whole number is kept exactly where it is the same as a double', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 1n << 64n }), (whole) => {
        const literal = String(whole);
        const value = Number(literal);
        // Or it has the 17 digits that other programs write of it, and zeros.
        const written = value.toExponential(16).replace(/\.|e.*/g, '');
        const isSame =
          BigInt(value) === whole || String(value) === literal || withoutZeros(written) === withoutZeros(literal);
        expect(readingOf(literal, value)).toBe(isSame ? 'kept' : 'lost');
      }),
    );
  });
});

describe('a grid', () => {
  test.each([
    [1, 0, [0, -3, 1_700_000_000, 2 ** 53, 1e300], [1_700_000_000.5, 0.5, 1_700_000_000.0000002]],
    [0.1, 0, [0.3, -0.7, 1_000_000_000.1, 1e15 + 0.1], [0.35, 1_000_000_000.15]],
    [0.01, 0, [1_000_000_000.01, 19.99, 1e9], [1_000_000_000.005, 19.995]],
    [0.1, 0.05, [0.15, 1_000_000_000.05], [0.2, 1_000_000_000.1]],
    [3, 0, [9e15], [1e16]],
    [0.25, 0.5, [0.75, 2e9 + 0.25], [0.6]],
    [1e-30, 0, [1e-30, 3e-30], [1.5e-30]],
    [7, 0, [7e30], [1e30]],
  ])('of step %d from %d', (step, origin, on, off) => {
    for (const value of on) expect(gridCheck(step, origin)(value), String(value)).toBe(true);
    for (const value of off) expect(gridCheck(step, origin)(value), String(value)).toBe(false);
  });

  test('agrees with arithmetic on whole numbers', () => {
    const units = fc.integer({ min: -1e12, max: 1e12 });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 6 }),
        fc.integer({ min: 1, max: 1e6 }),
        units,
        units,
        (places, step, origin, value) => {
          const of = (n: number) => Number(`${n}e-${places}`);
          expect(gridCheck(of(step), of(origin))(of(value))).toBe((value - origin) % step === 0);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ColumnBuilder } from '../../../../ml/data/columns/column-builder.ts';
import { readColumn } from '../../../../ml/data/columns/read-column.ts';
import type { ColumnValues } from '../../../../ml/data/columns/storage.ts';

const NOTHING = Number.NaN;
const CHUNK = 2 ** 16;

function build(values: Iterable<number>): ColumnValues {
  const builder = new ColumnBuilder();
  for (const value of values) builder.push(value);
  return builder.finish();
}

const read = (values: ColumnValues, chosen?: Uint32Array) => [...readColumn({ values, chosen })];

test.each([
  ['levels', [0, 254, NOTHING], Uint8Array],
  ['one more than a byte has beside what is missing', [0, 255, NOTHING], Uint16Array],
  ['the last of two bytes', [65_534, NOTHING], Uint16Array],
  ['what two bytes lack', [65_535, NOTHING], Int32Array],
  ['below 0', [-1, 7], Int32Array],
  ['the ends of four bytes', [1 - 2 ** 31, 2 ** 31 - 1, NOTHING], Int32Array],
  ['the code that stands for missing in four bytes', [-(2 ** 31), 3], Float32Array],
  ['whole numbers beyond four bytes', [2 ** 31 + 1], Float64Array],
  ['halves', [0.5, 1.25, NOTHING], Float32Array],
  ['tenths', [0.1, NOTHING], Float64Array],
  ['a zero below 0', [-0, 0], Float32Array],
  ['what float32 holds beside whole numbers that it does not', [0.5, 2 ** 24 + 1], Float64Array],
  ['nothing that is known', [NOTHING, NOTHING], Uint8Array],
  ['no row', [], Uint8Array],
] as const)('takes the smallest array for %s', (_, values, array) => {
  const built = build(values);
  expect(built).toBeInstanceOf(array);
  expect(built.buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(read(built)).toEqual([...values]);
});

test('widens when a later chunk asks for it, and keeps what was there', () => {
  const values = Float64Array.from({ length: 2 * CHUNK + 3 }, (_, i) => (i % 7 === 0 ? NOTHING : i % 250));
  expect(build(values)).toBeInstanceOf(Uint8Array);
  for (const [late, array] of [
    [70_000, Int32Array],
    [300, Uint16Array],
    [0.5, Float32Array],
    [0.1, Float64Array],
  ] as const) {
    const wider = values.with(2 * CHUNK + 2, late);
    const built = build(wider);
    expect(built).toBeInstanceOf(array);
    expect(readColumn({ values: built, chosen: undefined })).toEqual(wider);
  }
});

test('reads back each value as it was, all or some, in any order', () => {
  const value = fc.oneof(
    fc.constant(NOTHING),
    fc.integer({ min: -300, max: 300 }),
    fc.integer(),
    fc.float({ noDefaultInfinity: true }),
    fc.double({ noDefaultInfinity: true }),
  );
  const some = fc.array(value, { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(some, fc.array(fc.nat(), { maxLength: 60 }), (values, places) => {
      const built = build(values);
      expect(read(built)).toEqual(values);
      const chosen = Uint32Array.from(places, (place) => place % values.length);
      expect(read(built, chosen)).toEqual([...chosen].map((row) => values[row]));
    }),
  );
});

test('a view of float64 is no copy', () => {
  const values = Float64Array.of(0.1, NOTHING);
  expect(readColumn({ values, chosen: undefined })).toBe(values);
});

test('a finished builder begins anew', () => {
  const builder = new ColumnBuilder();
  builder.push(0.1);
  builder.finish();
  builder.push(3);
  expect(read(builder.finish())).toEqual([3]);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Matrix } from '../../../../ml/core/matrix.ts';
import { Arena } from '../../../../ml/trees/arena.ts';
import { type Binned, binMatrix } from '../../../../ml/trees/binned/binning.ts';
import { findCuts } from '../../../../ml/trees/cuts.ts';

const column = (...values: number[]): Matrix => ({ rows: values.length, columns: 1, data: Float64Array.from(values) });

/** What the record of a row says of its bin in a column. */
function binOfRecord({ records, stride, binBytes, columns }: Binned, row: number, column: number): number {
  const bins = Math.ceil((columns * binBytes) / 8) * 8;
  const at = records.byteOffset + row * stride + (stride - bins) + column * binBytes;
  const view = new DataView(records.buffer);
  return binBytes === 1 ? view.getUint8(at) : view.getUint16(at, true);
}

test('a column of few values is cut at each of them', () => {
  expect(findCuts(column(3, 1, 2, 3, Number.NaN, -0, 0), 256)).toEqual({
    cuts: [Float32Array.of(1, 2, 3)],
    distinct: [Float32Array.of(0, 1, 2, 3)],
    hasMissing: [true],
    starts: Float32Array.of(-1e-5),
    ends: Float32Array.of(6 + 1e-5),
  });
});

test('256 values and what is missing all have bins of their own', () => {
  const x = column(...Array.from({ length: 256 }, (_, i) => i / 7), Number.NaN);
  const binned = binMatrix(x, findCuts(x, 256), 8, new Arena());
  const { bins, offsets } = binned;
  expect([...bins]).toEqual(Array.from({ length: 257 }, (_, i) => i));
  expect(Array.from(bins, (_, i) => binOfRecord(binned, i, 0))).toEqual([...bins]);
  expect([...offsets]).toEqual([0, 257]);
});

test('more values than bins are cut at quantiles', () => {
  const x = column(...Array.from({ length: 1000 }, (_, i) => i));
  const { cuts } = findCuts(x, 4);
  expect([...(cuts[0] as Float32Array)].map((cut) => Math.round(cut / 250))).toEqual([1, 2, 3]);
});

test('a value is in the bin of as many cuts as are at or below it, row by row and column by column', () => {
  const number = fc.oneof(
    fc.double({ min: -1e3, max: 1e3, noNaN: true }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constant(Number.NaN),
  );
  const rows = fc.array(fc.tuple(number, number, number), { minLength: 1, maxLength: 80 });
  fc.assert(
    fc.property(rows, fc.constantFrom(8, 16), (rows, statisticBytes) => {
      const x: Matrix = { rows: rows.length, columns: 3, data: Float64Array.from(rows.flat()) };
      const found = findCuts(x, 8);
      const binned = binMatrix(x, found, statisticBytes, new Arena());
      for (let i = 0; i < x.rows; i++) {
        for (let j = 0; j < 3; j++) {
          const value = Math.fround(x.data[i * 3 + j] as number);
          const of = found.cuts[j] as Float32Array;
          const expected = Number.isNaN(value) ? of.length + 1 : of.filter((cut) => cut <= value).length;
          expect(binned.bins[j * x.rows + i]).toBe(expected);
          expect(binOfRecord(binned, i, j)).toBe(expected);
        }
      }
    }),
  );
});

import { DataError } from '../core/errors.ts';
import { columnName, eachBlock, type Matrix } from '../core/matrix.ts';

/** The smallest number that becomes infinity as float32: halfway from the largest to what would be the next. */
const BEYOND = 2 ** 128 - 2 ** 103;

/** Those of many rows that hold no such value: they are read again for each fit. */
const checked = new WeakSet<Matrix>();

/** @throws DataError where a value is beyond float32, as which trees compare columns */
export function checkFloat32(x: Matrix): void {
  if (checked.has(x)) return;
  const { columns } = x;
  eachBlock(x, (data, start, first, count) => {
    for (let i = 0, at = start; i < count; i++) {
      for (let j = 0; j < columns; j++, at++) {
        if (Math.abs(data[at]!) < BEYOND || Number.isNaN(data[at]!)) continue;
        throw new DataError(
          `${columnName(x, j)} is ${data[at]} in row ${first + i}; trees compare numbers up to 3.4e38. Take another unit for it`,
        );
      }
    }
  });
  if (x.reader) checked.add(x);
}

import { DataError } from '../core/errors.ts';
import { columnName, type Matrix } from '../core/matrix.ts';

/** The smallest number that becomes infinity as float32: halfway from the largest to what would be the next. */
const BEYOND = 2 ** 128 - 2 ** 103;

/** @throws DataError where a value is beyond float32, as which trees compare columns */
export function checkFloat32(x: Matrix): void {
  const { rows, columns, data } = x;
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++, at++) {
      if (Math.abs(data[at]!) < BEYOND || Number.isNaN(data[at]!)) continue;
      throw new DataError(
        `${columnName(x, j)} is ${data[at]} in row ${i}; trees compare numbers up to 3.4e38. Take another unit for it`,
      );
    }
  }
}

import { DataError } from '../core/errors.ts';
import { columnName, type FoundNumber, findNumber, type Matrix } from '../core/matrix.ts';

/** The smallest number that becomes infinity as float32: halfway from the largest to what would be the next. */
const BEYOND = 2 ** 128 - 2 ** 103;

/** @throws DataError where a value is beyond float32, as which trees compare columns */
export function checkFloat32(x: Matrix): void {
  const beyond = x.reader ? findNumber(x, isBeyond) : findBeyond(x);
  if (!beyond) return;
  const { row, column, value } = beyond;
  throw new DataError(
    `${columnName(x, column)} is ${value} in row ${row}; trees compare numbers up to 3.4e38. Take another unit for it`,
  );
}

const isBeyond = (value: number) => Math.abs(value) >= BEYOND;

function findBeyond({ columns, data }: Matrix): FoundNumber | undefined {
  for (let at = 0; at < data.length; at++) {
    const value = data[at]!;
    if (Math.abs(value) < BEYOND || Number.isNaN(value)) continue;
    return { row: Math.floor(at / columns), column: at % columns, value };
  }
  return undefined;
}

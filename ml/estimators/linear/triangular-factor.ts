import { eachBlock } from '../../core/matrix.ts';
import type { Gram, GramRows } from './gram.ts';

// Rows that are taken at once.
const PANEL = 256;

/**
 * R of the QR decomposition of the columns of x, and of y as one more, less their means, each row times the root of its
 * weight: from the numbers themselves, not from their squares, which have half of the digits. The rows are taken in panels,
 * each below the triangle so far.
 *
 * Source: Golub and Van Loan, Matrix Computations, 4th edition, sections 5.2.2 and 5.2.3 (Householder).
 *
 * @returns the rows of R, one a column of x, each over all columns and then y
 */
export function triangularFactor({ x, y, weights }: GramRows, { means, xUnit, yUnit }: Gram): Float64Array[] {
  const width = x.columns + 1;
  const roots = weights?.map(Math.sqrt);
  const triangle = Array.from({ length: width }, () => new Float64Array(width));
  // Column after column, as reflections take them.
  const panel = Array.from({ length: width }, () => new Float64Array(PANEL));
  const fill = (data: Float64Array, at: number, first: number, rows: number) => {
    for (let j = 0; j < width; j++) {
      const isTarget = j === x.columns;
      const unit = isTarget ? yUnit : xUnit;
      const mean = means[j]! * unit;
      for (let i = 0; i < rows; i++) {
        const value = isTarget ? y[first + i]! : data[at + i * x.columns + j]!;
        panel[j]![i] = (value * unit - mean) * (roots ? roots[first + i]! : 1);
      }
    }
    for (let k = 0; k < x.columns; k++) reflect(triangle[k]!, panel, rows, k);
  };
  eachBlock(x, fill, PANEL);
  return triangle.slice(0, x.columns);
}

/** Turns what a panel holds of column k into the triangle's row k, and the later columns with it. */
function reflect(row: Float64Array, panel: readonly Float64Array[], rows: number, k: number): void {
  const column = panel[k]!;
  let squares = 0;
  for (let i = 0; i < rows; i++) squares += column[i]! * column[i]!;
  if (squares === 0) return;
  const before = row[k]!;
  const length = Math.sqrt(before * before + squares);
  const after = before > 0 ? -length : length;
  // The reflection is along (head, column); its head has no cancellation.
  const head = before - after;
  const half = -after * head;
  row[k] = after;
  for (let j = k + 1; j < row.length; j++) {
    const other = panel[j]!;
    let product = head * row[j]!;
    for (let i = 0; i < rows; i++) product += column[i]! * other[i]!;
    const share = product / half;
    row[j]! -= share * head;
    for (let i = 0; i < rows; i++) other[i]! -= share * column[i]!;
  }
}

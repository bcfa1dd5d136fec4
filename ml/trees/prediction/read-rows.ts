import type { Matrix } from '../../core/matrix.ts';

/** Reads rows, a few by a loop: a view of them takes longer. */
export function readRows(x: Matrix, first: number, count: number, into: Float64Array): void {
  if (x.reader) {
    x.reader.readRows(first, count, into);
    return;
  }
  const { columns, data } = x;
  if (count < 4) for (let at = 0, from = first * columns; at < count * columns; at++) into[at] = data[from + at]!;
  else into.set(data.subarray(first * columns, (first + count) * columns));
}

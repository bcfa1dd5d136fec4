import type { Matrix } from '../../core/matrix.ts';
import { quickselect } from './quickselect.ts';

/**
 * Points, and boxes around them: one around all, one around each half, and so on for `depth` levels. The halves of a
 * node are 2 · node + 1 and 2 · node + 2; of its points from `start` to below `end` the first has those up to
 * ⌊(start + end) / 2⌋.
 */
export type KdTree = {
  readonly columns: number;
  readonly depth: number;
  /** Row-major, those of a node side by side. */
  readonly points: Float64Array;
  /** The row that each point was. */
  readonly rows: Uint32Array;
  /** Of each node the least value of every column, then the greatest of every column; none where the root is a leaf. */
  readonly boxes: Float64Array;
};

/**
 * Halves the rows of `x` at the median of the column in which they spread most, `depth` times over.
 *
 * Source: Friedman, Bentley and Finkel 1977, ACM Transactions on Mathematical Software 3(3).
 */
export function buildKdTree(x: Matrix, depth: number): KdTree {
  const { columns, data } = x;
  const rows = Uint32Array.from({ length: x.rows }, (_, i) => i);
  // A root that is the only leaf is looked at anyway, and needs no box.
  if (depth === 0) return { columns, depth, points: data.slice(), rows, boxes: new Float64Array() };
  const boxes = new Float64Array(2 * columns * (2 ** (depth + 1) - 1));
  const keys = new Float64Array(x.rows);
  const build = (node: number, start: number, end: number, level: number): void => {
    const box = boxes.subarray(2 * columns * node, 2 * columns * (node + 1));
    enclose(box, x, rows, start, end);
    if (level === depth) return;
    const column = widestColumn(box, columns);
    for (let i = start; i < end; i++) keys[i] = data[rows[i]! * columns + column]!;
    const middle = (start + end) >>> 1;
    quickselect(keys, rows, middle, start, end);
    build(2 * node + 1, start, middle, level + 1);
    build(2 * node + 2, middle, end, level + 1);
  };
  build(0, 0, x.rows, 0);
  const points = new Float64Array(data.length);
  for (let i = 0; i < x.rows; i++) {
    for (let c = 0; c < columns; c++) points[i * columns + c] = data[rows[i]! * columns + c]!;
  }
  return { columns, depth, points, rows, boxes };
}

function enclose(box: Float64Array, { columns, data }: Matrix, rows: Uint32Array, start: number, end: number): void {
  box.fill(Infinity, 0, columns).fill(-Infinity, columns);
  for (let i = start; i < end; i++) {
    const at = rows[i]! * columns;
    for (let c = 0; c < columns; c++) {
      const value = data[at + c]!;
      if (value < box[c]!) box[c] = value;
      if (value > box[columns + c]!) box[columns + c] = value;
    }
  }
}

function widestColumn(box: Float64Array, columns: number): number {
  let widest = 0;
  for (let c = 1; c < columns; c++) {
    if (box[columns + c]! - box[c]! > box[columns + widest]! - box[widest]!) widest = c;
  }
  return widest;
}

import { expect, test } from 'vitest';
import type { Matrix } from '../../../../ml/core/matrix.ts';
import { createRandom } from '../../../../ml/core/random.ts';
import { buildKdTree } from '../../../../ml/estimators/neighbours/k-d-tree.ts';

const random = createRandom(1);
const x: Matrix = { rows: 101, columns: 3, data: Float64Array.from({ length: 303 }, random.uniform) };
const { points, rows, boxes } = buildKdTree(x, 3);

test('every row is a point, once', () => {
  expect([...rows].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 101 }, (_, i) => i));
  rows.forEach((row, i) => {
    expect(points.subarray(3 * i, 3 * i + 3)).toEqual(x.data.subarray(3 * row, 3 * row + 3));
  });
});

test('every box is as tight as its points allow', () => {
  const check = (node: number, start: number, end: number) => {
    for (let c = 0; c < 3; c++) {
      const values = Array.from({ length: end - start }, (_, i) => points[3 * (start + i) + c] as number);
      expect(boxes[6 * node + c]).toBe(Math.min(...values));
      expect(boxes[6 * node + 3 + c]).toBe(Math.max(...values));
    }
    if (2 * node + 2 >= boxes.length / 6) return;
    const middle = (start + end) >>> 1;
    check(2 * node + 1, start, middle);
    check(2 * node + 2, middle, end);
  };
  check(0, 0, 101);
});

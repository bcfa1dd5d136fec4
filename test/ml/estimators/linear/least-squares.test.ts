import { expect, test } from 'vitest';
import type { Matrix } from '../../../../ml/core/matrix.ts';
import { type Gram, gramOf } from '../../../../ml/estimators/linear/gram.ts';
import { leastSquares } from '../../../../ml/estimators/linear/least-squares.ts';

const matrix = (...rows: number[][]): Matrix => ({
  rows: rows.length,
  columns: rows[0]?.length as number,
  data: Float64Array.from(rows.flat()),
});

const solve = (gram: Gram, ridge?: number) => leastSquares(gram, ridge) as Float64Array;

test('of the solutions it is the shortest', () => {
  // y = 3 a, and b is a, c is 2 a: w · (1, 1, 2) = 3, whose shortest solution is along (1, 1, 2).
  const gram = gramOf({ x: matrix([1, 1, 2], [2, 2, 4], [4, 4, 8]), y: Float64Array.of(3, 6, 12) }, true);
  [0.5, 0.5, 1].forEach((value, j) => {
    expect(solve(gram)[j]).toBeCloseTo(value, 12);
  });
});

test('it is where the solutions of a ridge go as the ridge vanishes', () => {
  const rows = Array.from({ length: 40 }, (_, i) => [Number(i % 2 === 0), Number(i % 2 === 1), Math.sin(i), 0]);
  const y = Float64Array.from(rows, ([a, , c], i) => 2 * (a as number) + (c as number) + 0.1 * Math.cos(7 * i));
  const gram = gramOf({ x: matrix(...rows), y }, true);
  const limit = solve(gram, 1e-3);
  solve(gram).forEach((value, j) => {
    expect(value).toBeCloseTo(limit[j] as number, 3);
  });
});

test('where nothing can be learned every coefficient is 0', () => {
  expect([...solve(gramOf({ x: matrix([1, 2]), y: Float64Array.of(3) }, true))]).toEqual([0, 0]);
});

test('nearly collinear columns, and scales far apart, are not decided by squares', () => {
  const near = matrix(...Array.from({ length: 30 }, (_, i) => [Math.sin(i), Math.sin(i) + 1e-5 * Math.cos(i)]));
  expect(leastSquares(gramOf({ x: near, y: new Float64Array(30) }, true))).toBeUndefined();
  const far = matrix(...Array.from({ length: 30 }, (_, i) => [Math.sin(i), 1e-4 * Math.cos(i)]));
  expect(leastSquares(gramOf({ x: far, y: new Float64Array(30) }, true))).toBeUndefined();
});

import { expect, test } from 'vitest';
import type { Matrix } from '../../../ml/matrix.ts';
import { gramOf } from '../../../ml/regressors/gram.ts';
import { leastSquares } from '../../../ml/regressors/least-squares.ts';

const matrix = (...rows: number[][]): Matrix => ({
  rows: rows.length,
  columns: rows[0]?.length as number,
  data: Float64Array.from(rows.flat()),
});

test('of the solutions it is the shortest', () => {
  // y = 3 a, and b is a, c is 2 a: w · (1, 1, 2) = 3, whose shortest solution is along (1, 1, 2).
  const gram = gramOf(matrix([1, 1, 2], [2, 2, 4], [4, 4, 8]), Float64Array.of(3, 6, 12), true);
  [0.5, 0.5, 1].forEach((value, j) => {
    expect(leastSquares(gram)[j]).toBeCloseTo(value, 12);
  });
});

test('it is where the solutions of a ridge go as the ridge vanishes', () => {
  const rows = Array.from({ length: 40 }, (_, i) => [Number(i % 2 === 0), Number(i % 2 === 1), Math.sin(i), 0]);
  const y = Float64Array.from(rows, ([a, , c], i) => 2 * (a as number) + (c as number) + 0.1 * Math.cos(7 * i));
  const gram = gramOf(matrix(...rows), y, true);
  const limit = leastSquares(gram, 1e-6);
  leastSquares(gram).forEach((value, j) => {
    expect(value).toBeCloseTo(limit[j] as number, 6);
  });
});

test('where nothing can be learned every coefficient is 0', () => {
  expect([...leastSquares(gramOf(matrix([1, 2]), Float64Array.of(3), true))]).toEqual([0, 0]);
});

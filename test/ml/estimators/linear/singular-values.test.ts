import { expect, test } from 'vitest';
import { solveBySingularValues } from '../../../../ml/estimators/linear/singular-values.ts';

const equations = (...rows: number[][]) => rows.map((row) => Float64Array.from(row));

test('independent equations are solved', () => {
  // 2a + b = 5, a + 3b = 10.
  const [a, b] = solveBySingularValues(equations([2, 1, 5], [1, 3, 10]), 0, 1e-6);
  expect(a).toBeCloseTo(1, 12);
  expect(b).toBeCloseTo(3, 12);
});

test('a direction shorter than the cut-off is left out, and one that is longer is not', () => {
  // The singular values are 1 and 1e-4, those of the axes.
  const axes = () => equations([1, 0, 3], [0, 1e-4, 2e-4]);
  expect([...solveBySingularValues(axes(), 0, 1e-3)]).toEqual([3, 0]);
  expect(solveBySingularValues(axes(), 0, 1e-5)[1]).toBeCloseTo(2, 12);
});

test('of many solutions it is the shortest', () => {
  const solution = solveBySingularValues(equations([1, 1, 2, 3], [0, 0, 0, 0]), 0, 1e-6);
  [0.5, 0.5, 1].forEach((value, j) => {
    expect(solution[j]).toBeCloseTo(value, 12);
  });
});

test('a ridge shrinks each direction by its own length', () => {
  // s t / (s² + ridge), along the axes.
  const solution = solveBySingularValues(equations([2, 0, 3], [0, 1, 4]), 1, 0);
  expect(solution[0]).toBeCloseTo(6 / 5, 12);
  expect(solution[1]).toBeCloseTo(2, 12);
});

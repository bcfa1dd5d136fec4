import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../../ml/core/random.ts';
import { reduceOrthogonally } from '../../../../ml/estimators/linear/complete-orthogonal.ts';
import { solveBySingularValues } from '../../../../ml/estimators/linear/singular-values.ts';
import { normal } from '../../../reference/data.ts';

const random = createRandom(3);
const draw = (rows: number, columns: number) =>
  Array.from({ length: rows }, () => Float64Array.from({ length: columns }, () => normal(random)));

/** The rows of a product: rows × inner times inner × columns. */
const times = (a: readonly Float64Array[], b: readonly Float64Array[]) =>
  a.map((row) =>
    Float64Array.from(b[0] ?? [], (_, j) => row.reduce((sum, value, i) => sum + value * (b[i]?.[j] as number), 0)),
  );

const lengthOf = (values: Float64Array) => Math.hypot(...values);

describe.each([
  [6, 6, 6],
  [9, 6, 6],
  [5, 8, 5],
  [7, 7, 3],
  [12, 10, 1],
])('%i equations in %i unknowns, of which %i are independent', (rows, width, rank) => {
  const matrix = rank === Math.min(rows, width) ? draw(rows, width) : times(draw(rows, rank), draw(rank, width));
  const [targets = new Float64Array()] = draw(1, rows);
  const equations = matrix.map((row, i) => Float64Array.of(...row, targets[i] as number));
  const residualOf = (w: Float64Array) =>
    matrix.map((row, i) => row.reduce((sum, value, j) => sum + value * (w[j] as number), 0) - (targets[i] as number));

  test('is a lower triangle of as many rows', () => {
    const reduced = reduceOrthogonally(equations, 1e-12);
    expect(reduced.equations).toHaveLength(rank);
    reduced.equations.forEach((equation, i) => {
      expect(equation).toHaveLength(rank + 1);
      for (let j = i + 1; j < rank; j++) expect(equation[j]).toBe(0);
    });
  });

  test.each([1e-6, 1e-14])('its solution is the best one, and the shortest of these: %d', (cutOff) => {
    const w = solveBySingularValues(equations, 0, cutOff);
    const residual = residualOf(w);
    // At right angles to every column.
    for (let j = 0; j < width; j++)
      expect(matrix.reduce((sum, row, i) => sum + (row[j] as number) * (residual[i] as number), 0)).toBeCloseTo(0, 9);
    // In the span of the rows: what a projection onto them leaves as it is.
    const span = matrix.map((row) =>
      Float64Array.of(
        ...row,
        row.reduce((sum, value, j) => sum + value * (w[j] as number), 0),
      ),
    );
    const again = solveBySingularValues(span, 0, cutOff);
    w.forEach((value, j) => {
      expect(again[j]).toBeCloseTo(value, 9);
    });
    expect(lengthOf(again)).toBeLessThanOrEqual(lengthOf(w) * (1 + 1e-9));
  });

  test('rotations give the same', () => {
    const direct = solveBySingularValues(equations, 0, 1e-6);
    // A penalty that is none, with which singular values have to be known.
    const rotated = solveBySingularValues(equations, 1e-300, 1e-6);
    rotated.forEach((value, j) => {
      expect(value).toBeCloseTo(direct[j] as number, 9);
    });
  });
});

test('what is 0 everywhere has the solution 0', () => {
  expect(solveBySingularValues([Float64Array.of(0, 0, 3)], 0, 1e-6)).toEqual(Float64Array.of(0, 0));
  expect(solveBySingularValues([], 0, 1e-6)).toEqual(new Float64Array());
});

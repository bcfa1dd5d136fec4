import { expect, test } from 'vitest';
import type { Matrix } from '../../../../ml/core/matrix.ts';
import { createRandom } from '../../../../ml/core/random.ts';
import { gramOf } from '../../../../ml/estimators/linear/gram.ts';
import { pivotedCholesky } from '../../../../ml/estimators/linear/pivoted-cholesky.ts';

const random = createRandom(1);
const matrix = (...rows: number[][]): Matrix => ({
  rows: rows.length,
  columns: rows[0]?.length as number,
  data: Float64Array.from(rows.flat()),
});

test('RᵀR is the Gram matrix, ridge included', () => {
  const x = matrix(...Array.from({ length: 20 }, () => [1, 2, 3].map((scale) => scale * random.uniform())));
  const gram = gramOf({ x, y: Float64Array.from({ length: 20 }, random.uniform) }, true);
  const { rows, pivots } = pivotedCholesky(gram, 0.5);
  expect(pivots.toSorted()).toEqual([0, 1, 2]);
  for (let j = 0; j < 3; j++) {
    for (let k = 0; k <= 3; k++) {
      const product = rows.reduce((sum, row) => sum + (row[j] as number) * (row[k] as number), 0);
      expect(product).toBeCloseTo((gram.products[j * gram.stride + k] as number) + (j === k ? 0.5 : 0), 12);
    }
  }
});

test('the columns that others add up to are left out', () => {
  const rows = Array.from({ length: 30 }, (_, i) => [Number(i % 2 === 0), Number(i % 2 === 1), 5, random.uniform()]);
  const gram = gramOf({ x: matrix(...rows), y: new Float64Array(30) }, true);
  expect(pivotedCholesky(gram, 0).pivots).toEqual([0, 3]);
});

test('a small spread around a large mean is not taken for a constant', () => {
  const rows = Array.from({ length: 30 }, (_, i) => [1e6 + i / 1000]);
  const gram = gramOf({ x: matrix(...rows), y: new Float64Array(30) }, true);
  expect(pivotedCholesky(gram, 0).pivots).toEqual([0]);
});

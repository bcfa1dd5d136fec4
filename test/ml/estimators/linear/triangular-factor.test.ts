import { expect, test } from 'vitest';
import type { Matrix } from '../../../../ml/core/matrix.ts';
import { createRandom } from '../../../../ml/core/random.ts';
import { gramOf } from '../../../../ml/estimators/linear/gram.ts';
import { triangularFactor } from '../../../../ml/estimators/linear/triangular-factor.ts';

// More rows than are taken at once, and fewer than columns; a constant column among them.
test.each([
  [600, 4],
  [3, 5],
  [256, 1],
])('RᵀR is the Gram matrix: %i rows of %i columns', (rows, columns) => {
  const random = createRandom(rows);
  const draw = (at: number) => (at % columns === 1 ? 7 : 5 + random.uniform());
  const x: Matrix = { rows, columns, data: Float64Array.from({ length: rows * columns }, (_, at) => draw(at)) };
  const y = Float64Array.from({ length: rows }, () => random.uniform());
  const gram = gramOf({ x, y }, true);
  const factor = triangularFactor({ x, y }, gram);
  expect(factor).toHaveLength(columns);
  for (let j = 0; j < columns; j++) {
    for (let k = 0; k <= columns; k++) {
      const product = factor.reduce((sum, row) => sum + (row[j] as number) * (row[k] as number), 0);
      expect(product).toBeCloseTo(gram.products[j * gram.stride + k] as number, 10);
    }
    for (let k = 0; k < j; k++) expect((factor[j] as Float64Array)[k]).toBe(0);
  }
});

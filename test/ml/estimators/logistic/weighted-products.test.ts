import { expect, test } from 'vitest';
import { countedRows } from '../../../../ml/estimators/counted-rows.ts';
import { designOf, sampledRows } from '../../../../ml/estimators/logistic/design.ts';
import { weightedProducts } from '../../../../ml/estimators/logistic/weighted-products.ts';

// Of few dense columns rows are taken one by one, and of many in panels.
test.each([
  { dense: 2, sparse: 9 },
  { dense: 0, sparse: 5 },
  { dense: 30, sparse: 4 },
])('$dense dense columns and $sparse that are mostly 0', ({ dense, sparse }) => {
  const rows = 60;
  const columns = dense + sparse;
  const data = Float64Array.from({ length: rows * columns }, (_, at) => {
    const [i, j] = [Math.floor(at / columns), at % columns];
    if (j < dense) return Math.sin(3 * i + j * j) + 0.1 * j;
    return (i * 7 + j * 3) % 5 === 0 ? 1 + j : 0;
  });
  const design = designOf(countedRows({ x: { rows, columns, data }, y: new Float64Array(rows) }), true);
  const weights = Float64Array.from({ length: rows }, (_, i) => 0.1 + (i % 4));

  const products = weightedProducts(design, sampledRows(design), weights);

  const valueAt = (i: number, place: number) => {
    if (place === columns) return 1;
    const value = data[i * columns + (design.order[place] as number)] as number;
    return value * (design.units[place] as number) - (design.shifts[place] as number);
  };
  for (let a = 0; a <= columns; a++) {
    for (let b = 0; b <= columns; b++) {
      const sum = weights.reduce((sum, weight, i) => sum + weight * valueAt(i, a) * valueAt(i, b), 0);
      expect(products[a * (columns + 1) + b]).toBeCloseTo(sum, 9);
    }
  }
});

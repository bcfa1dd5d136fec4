import { expect, test } from 'vitest';
import type { Matrix } from '../../../../ml/core/matrix.ts';
import { createRandom } from '../../../../ml/core/random.ts';
import { gramOf } from '../../../../ml/estimators/linear/gram.ts';

/** The product of two columns (y is the one after the last) as their definition has it. */
function product(x: Matrix, y: Float64Array, centred: boolean, [j, k]: readonly [number, number]): number {
  const column = (c: number) =>
    Array.from({ length: x.rows }, (_, i) => (c < x.columns ? x.data[i * x.columns + c] : y[i]) as number);
  const mean = (values: number[]) => (centred ? values.reduce((sum, value) => sum + value, 0) / x.rows : 0);
  const [a, b] = [column(j), column(k)];
  const [meanA, meanB] = [mean(a), mean(b)];
  return a.reduce((sum, value, i) => sum + (value - meanA) * ((b[i] as number) - meanB), 0);
}

// More rows than are taken at once, and fewer; an odd number of columns with y, and an even one; none.
test.each([
  [600, 4, true],
  [600, 5, false],
  [256, 3, true],
  [7, 1, true],
  [3, 0, true],
])('%i rows of %i columns, centred: %s', (rows, columns, centred) => {
  const random = createRandom(rows + columns);
  const x: Matrix = {
    rows,
    columns,
    data: Float64Array.from({ length: rows * columns }, () => 5 + random.uniform()),
  };
  const y = Float64Array.from({ length: rows }, () => random.uniform());
  const { products, stride } = gramOf({ x, y }, centred);
  for (let j = 0; j <= columns; j++) {
    for (let k = 0; k <= columns; k++) expect(products[j * stride + k]).toBeCloseTo(product(x, y, centred, [j, k]), 8);
  }
});

test('a centred constant is exactly 0, and its mean is exactly it', () => {
  const x: Matrix = { rows: 300, columns: 1, data: new Float64Array(300).fill(0.1) };
  const { products, stride, means } = gramOf({ x, y: new Float64Array(300).fill(0.3) }, true);
  expect([...means]).toEqual([0.1, 0.3]);
  expect([products[0], products[1], products[stride + 1]]).toEqual([0, 0, 0]);
});

test.each([true, false])('a row of weight w multiplies as the row w times, centred: %s', (centred) => {
  const random = createRandom(5);
  // A column of small numbers, one far from 0, and one that is mostly 0.
  const row = () => [random.uniform(), 1e6 + random.uniform(), random.below(4) === 0 ? 1 : 0];
  const rows = Array.from({ length: 300 }, () => ({ x: row(), y: random.uniform(), weight: 1 + random.below(3) }));
  const gram = (of: typeof rows, weights?: Float64Array) =>
    gramOf(
      {
        x: { rows: of.length, columns: 3, data: Float64Array.from(of.flatMap(({ x }) => x)) },
        y: Float64Array.from(of, ({ y }) => y),
        weights,
      },
      centred,
    );
  const repeated = gram(rows.flatMap((row) => new Array<(typeof rows)[number]>(row.weight).fill(row)));
  const weighted = gram(
    rows,
    Float64Array.from(rows, ({ weight }) => weight),
  );
  const near = (a: Float64Array, b: Float64Array) =>
    a.forEach((value, at) => {
      const expected = b[at] as number;
      expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));
    });
  near(weighted.products, repeated.products);
  near(weighted.means, repeated.means);
});

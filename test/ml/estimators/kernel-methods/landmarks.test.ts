import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Matrix } from '../../../../ml/core/matrix.ts';
import { createRandom } from '../../../../ml/core/random.ts';
import { compareRows, type Kernel } from '../../../../ml/estimators/kernel-methods/kernel.ts';
import { chooseLandmarks } from '../../../../ml/estimators/kernel-methods/landmarks.ts';

const kernel: Kernel = { kernel: 'rbf', gamma: 0.5 };

function rowsOf(values: readonly (readonly number[])[]): Matrix {
  return { rows: values.length, columns: values[0]?.length ?? 0, data: Float64Array.from(values.flat()) };
}

const drawn = (count: number, columns: number) => {
  const random = createRandom(5);
  return rowsOf(Array.from({ length: count }, () => Array.from({ length: columns }, () => 4 * random.uniform())));
};

const choose = (x: Matrix, most: number, seed = 1, of = kernel) =>
  chooseLandmarks(of, x, { most, random: createRandom(seed) });

test.each(['rbf', 'laplacian'] as const)('their factor is that of how alike they are: %s', (name) => {
  const own = { kernel: name, gamma: 0.3 };
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 5 }),
      fc.integer(),
      (most, columns, seed) => {
        const { count, points, factor } = choose(drawn(60, columns), most, seed, own);
        expect(count).toBeLessThanOrEqual(most);
        const alike = new Float64Array(count * count);
        compareRows(own, { data: points, columns }, { at: 0, rows: count }, { points, count }, alike);
        for (let i = 0; i < count; i++) {
          for (let j = 0; j < count; j++) {
            let product = 0;
            for (let k = 0; k < count; k++) product += (factor[i * count + k] ?? 0) * (factor[j * count + k] ?? 0);
            expect(product).toBeCloseTo(alike[i * count + j] as number, 9);
          }
        }
      },
    ),
    { numRuns: 30 },
  );
});

test('a row that is there twice is taken once', () => {
  const x = rowsOf([[1], [3], [1], [1], [3]]);
  const { count, points } = choose(x, 5);
  expect(count).toBe(2);
  expect([...points].sort()).toEqual([1, 3]);
});

test('rows far from the others are taken', () => {
  const crowd = Array.from({ length: 200 }, (_, i) => [i / 1000]);
  const x = rowsOf([...crowd, [50], [-50]]);
  const taken = Array.from({ length: 20 }, (_, seed) => [...choose(x, 4, seed).points]);
  // The crowd is nearly one row: what is not known of it are two others.
  for (const points of taken) expect(points).toEqual(expect.arrayContaining([50, -50]));
});

test('without columns all rows are one', () => {
  expect(choose({ rows: 3, columns: 0, data: new Float64Array(0) }, 3)).toMatchObject({ count: 1 });
});

test('an aborted choice throws the reason', () => {
  const signal = AbortSignal.abort(new Error('stop'));
  expect(() => chooseLandmarks(kernel, drawn(10, 2), { most: 3, random: createRandom(1), signal })).toThrow('stop');
});

import { type Matrix, rowOf } from '../../ml/core/matrix.ts';
import { createRandom } from '../../ml/core/random.ts';

/**
 * Four columns, of which two matter and one is 0 or 1, and a little noise.
 *
 * @param classes how many, as of `Training`: the higher a number would be, the later is its class, but for some rows between two
 */
export function makeData(rows: number, seed: number, classes?: number): { x: Matrix; y: Float64Array } {
  const random = createRandom(seed);
  const x: Matrix = {
    rows,
    columns: 4,
    data: Float64Array.from({ length: rows * 4 }, (_, at) => (at % 4 === 2 ? random.below(2) : random.uniform())),
  };
  const numbers = Float64Array.from({ length: rows }, (_, i) => {
    const [a, b, c] = rowOf(x, i) as unknown as [number, number, number];
    return 10 + 8 * a - 5 * b + 2 * c + 0.2 * random.uniform();
  });
  if (classes === undefined) return { x, y: numbers };
  // Most numbers are between 7 and 18.
  const y = numbers.map((number) => {
    const place = ((number + 3 * random.uniform() - 8.5) / 11) * classes;
    return Math.min(Math.max(Math.floor(place), 0), classes - 1);
  });
  return { x, y };
}

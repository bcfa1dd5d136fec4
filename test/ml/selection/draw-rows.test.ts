import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawRows } from '../../../ml/core/draw-rows.ts';
import { drawFold } from '../../../ml/selection/draw-rows.ts';

const even = Uint32Array.from({ length: 10_000 }, (_, i) => 2 * i);
const odd = even.map((row) => row + 1);

test('rows are drawn in their order, each once, and the same ones whoever asks', () => {
  const drawn = drawRows(even, 100, { seed: 7 });
  expect(drawn.length).toBe(100);
  expect([...drawn]).toEqual([...new Set(drawn)].sort((a, b) => a - b));
  expect(drawn.every((row) => row % 2 === 0)).toBe(true);
  expect(drawRows(even, 100, { seed: 7 })).toEqual(drawn);
  expect(drawRows(even, 100, { seed: 8 })).not.toEqual(drawn);
  expect(drawRows(even, 10_000, { seed: 7 })).toBe(even);
});

test('of a fold about as many rows are held as are learned from, and enough to score by', () => {
  const fold = { learned: even, held: odd };
  const sizes = (rows: number) => {
    const { learned, held } = drawFold(fold, rows, { seed: 1 });
    return [learned.length, held.length];
  };
  expect(sizes(3000)).toEqual([3000, 3000]);
  expect(sizes(100)).toEqual([100, 2000]);
  expect(sizes(20_000)).toEqual([10_000, 10_000]);
});

test('of each class its share is drawn, and one row at least where there is room for it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: 30 }),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      fc.nat(),
      (sizes, share, seed) => {
        const classes = Float64Array.from(sizes.flatMap((size, code) => new Array<number>(size).fill(code)));
        const rows = Uint32Array.from(classes.keys());
        const count = Math.ceil(share * rows.length);
        const drawn = drawRows(rows, count, { seed, strata: () => classes });
        expect(drawn).toHaveLength(count);
        expect(drawn).toEqual(new Uint32Array(new Set(drawn)).sort());
        sizes.forEach((size, code) => {
          const own = drawn.filter((row) => classes[row] === code).length;
          const ideal = (count * size) / rows.length;
          if (count < sizes.length) return;
          expect(own).toBeGreaterThanOrEqual(1);
          expect(own).toBeLessThan(Math.max(ideal, 1) + 1);
        });
      },
    ),
  );
});

import { expect, test } from 'vitest';
import { drawFold, drawRows } from '../../../ml/selection/draw-rows.ts';

const even = Uint32Array.from({ length: 10_000 }, (_, i) => 2 * i);
const odd = even.map((row) => row + 1);

test('rows are drawn in their order, each once, and the same ones whoever asks', () => {
  const drawn = drawRows(even, 100, 7);
  expect(drawn.length).toBe(100);
  expect([...drawn]).toEqual([...new Set(drawn)].sort((a, b) => a - b));
  expect(drawn.every((row) => row % 2 === 0)).toBe(true);
  expect(drawRows(even, 100, 7)).toEqual(drawn);
  expect(drawRows(even, 100, 8)).not.toEqual(drawn);
  expect(drawRows(even, 10_000, 7)).toBe(even);
});

test('of a fold about as many rows are held as are learned from, and enough to score by', () => {
  const fold = { learned: even, held: odd };
  const sizes = (rows: number) => {
    const { learned, held } = drawFold(fold, rows, 1);
    return [learned.length, held.length];
  };
  expect(sizes(3000)).toEqual([3000, 3000]);
  expect(sizes(100)).toEqual([100, 2000]);
  expect(sizes(20_000)).toEqual([10_000, 10_000]);
});

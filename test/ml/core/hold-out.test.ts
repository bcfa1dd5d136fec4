import { expect, test } from 'vitest';
import { holdOut } from '../../../ml/core/hold-out.ts';
import { createRandom } from '../../../ml/core/random.ts';

test('random rows are held out, each row being learned from or held', () => {
  const { learned, held } = holdOut(100, 30, createRandom(1));
  expect(held).toHaveLength(30);
  expect([...learned, ...held].toSorted((a, b) => a - b)).toEqual([...Array(100).keys()]);
  for (const rows of [learned, held]) expect(rows).toEqual(rows.toSorted());
  expect(holdOut(100, 30, createRandom(1)).held).toEqual(held);
  expect(holdOut(100, 30, createRandom(2)).held).not.toEqual(held);
});

test('without random numbers the last rows are', () => {
  expect(holdOut(5, 2)).toEqual({ learned: Uint32Array.of(0, 1, 2), held: Uint32Array.of(3, 4) });
  expect(holdOut(3, 0).held).toHaveLength(0);
});

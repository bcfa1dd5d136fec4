import { expect, test } from 'vitest';
import { repeatsOf } from '../../../ml/selection/repeats.ts';

test.each([
  [53, 3],
  [500, 3],
  [501, 2],
  [750, 2],
  [751, 1],
  [1_000_000, 1],
])('a search splits %d rows %d times', (rows, repeats) => {
  expect(repeatsOf({ search: 'random' }, rows)).toBe(repeats);
});

test('what is no search splits them once', () => {
  for (const search of ['defaults', 'preset'] as const) expect(repeatsOf({ search }, 53)).toBe(1);
});

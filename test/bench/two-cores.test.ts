import { expect, test } from 'vitest';
import { firstCores } from '../../bench/two-cores.ts';

test.each([
  ['0-3', [0, 1]],
  ['5', [5]],
  ['3,7-9', [3, 7]],
  ['2-3,8', [2, 3]],
  ['0-127', [0, 1]],
])('the first two cores of %s', (list, cores) => {
  expect(firstCores(list)).toEqual(cores);
});

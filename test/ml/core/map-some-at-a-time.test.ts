import { expect, test } from 'vitest';
import { mapSomeAtATime } from '../../../ml/core/map-some-at-a-time.ts';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test('items are mapped in their order, so many at a time', async () => {
  let running = 0;
  let most = 0;
  const begun: number[] = [];
  const results = await mapSomeAtATime([5, 1, 4, 2, 3], 2, async (item) => {
    begun.push(item);
    most = Math.max(most, ++running);
    for (let i = 0; i < item; i++) await turn();
    running -= 1;
    return item * 10;
  });
  expect(results).toEqual([50, 10, 40, 20, 30]);
  expect(begun).toEqual([5, 1, 4, 2, 3]);
  expect(most).toBe(2);
  expect(await mapSomeAtATime([], 3, async () => 1)).toEqual([]);
});

test('after one that fails no other begins', async () => {
  const begun: number[] = [];
  const failing = mapSomeAtATime([1, 2, 3, 4], 1, async (item) => {
    begun.push(item);
    if (item === 2) throw new Error('two');
    return item;
  });
  await expect(failing).rejects.toThrow('two');
  expect(begun).toEqual([1, 2]);
});

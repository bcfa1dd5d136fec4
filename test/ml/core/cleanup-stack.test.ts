import { expect, it } from 'vitest';
import { CleanupStack } from '../../../ml/core/cleanup-stack.ts';

it('takes every step once, the last first', async () => {
  const stack = new CleanupStack();
  const taken: number[] = [];
  for (const step of [1, 2, 3]) stack.defer(async () => void taken.push(step));
  await stack.run();
  await stack.run();
  expect(taken).toEqual([3, 2, 1]);
});

it('takes the others where one fails, and fails as the first did', async () => {
  const stack = new CleanupStack();
  const taken: number[] = [];
  stack.defer(() => void taken.push(1));
  stack.defer(() => {
    throw new Error('second');
  });
  stack.defer(async () => {
    throw new Error('first');
  });
  await expect(stack.run()).rejects.toThrow('first');
  expect(taken).toEqual([1]);
});

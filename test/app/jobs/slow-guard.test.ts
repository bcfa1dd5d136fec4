import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { notTooSlow } from '../../../app/jobs/slow-guard.ts';

const SECOND = 1000;
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function* pieces(count: number, ms: number) {
  for (let i = 0; i < count; i++) {
    await wait(ms);
    yield Buffer.from('a');
  }
}

/** How many pieces come where whoever takes them needs so long for each; or why not all. */
async function taken(chunks: AsyncIterable<Buffer>, ms: number): Promise<unknown> {
  const take = async () => {
    let count = 0;
    for await (const _ of notTooSlow(chunks, 100)) {
      count += 1;
      await wait(ms);
    }
    return count;
  };
  const done = take().catch((error) => error);
  await vi.advanceTimersByTimeAsync(1000 * SECOND);
  return done;
}

test('who sends a byte now and then is sent away', async () => {
  expect(await taken(pieces(1000, SECOND), 0)).toMatchObject({ problem: 'request-timeout' });
});

test('who waits because nobody takes what was sent is not', async () => {
  expect(await taken(pieces(3, 0), 100 * SECOND)).toBe(3);
});

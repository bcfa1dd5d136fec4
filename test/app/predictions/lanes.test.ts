import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Lanes } from '../../../app/predictions/lanes.ts';

const never = new AbortController().signal;

/** Takes a lane, and notes when. */
function taker(lanes: Lanes) {
  const begun: string[] = [];
  const take = async (name: string, signal = never) => {
    const leave = await lanes.take(signal);
    begun.push(name);
    return leave;
  };
  return { begun, take };
}

describe('tasks', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('run one by one, in order, where each is short', async () => {
    const lanes = new Lanes(1, 2);
    const { begun, take } = taker(lanes);
    const tasks = ['a', 'b', 'c'].map((name) => take(name));
    for (const expected of [['a'], ['a', 'b'], ['a', 'b', 'c']]) {
      await vi.advanceTimersByTimeAsync(200);
      expect(begun).toEqual(expected);
      expect(lanes.waiting).toBe(3 - expected.length);
      (await tasks[expected.length - 1])?.();
    }
  });

  test('that have waited for long get another lane, and no more than there may be', async () => {
    const lanes = new Lanes(1, 2);
    const { begun, take } = taker(lanes);
    const [long] = ['long', 'b', 'c'].map((name) => take(name));
    await vi.advanceTimersByTimeAsync(499);
    expect(begun).toEqual(['long']);
    await vi.advanceTimersByTimeAsync(1);
    expect(begun).toEqual(['long', 'b']);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(begun).toEqual(['long', 'b']);
    (await long)?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(begun).toEqual(['long', 'b', 'c']);
  });

  test('have one again once nobody waits', async () => {
    const lanes = new Lanes(1, 2);
    const { begun, take } = taker(lanes);
    const first = [take('a'), take('b')];
    await vi.advanceTimersByTimeAsync(500);
    expect(begun).toEqual(['a', 'b']);
    for (const leave of await Promise.all(first)) leave();
    void take('c');
    void take('d');
    await vi.advanceTimersByTimeAsync(499);
    expect(begun).toEqual(['a', 'b', 'c']);
  });

  test('run at once where there are lanes for them', async () => {
    const { begun, take } = taker(new Lanes(2, 3));
    for (const name of ['a', 'b', 'c']) void take(name);
    await vi.advanceTimersByTimeAsync(0);
    expect(begun).toEqual(['a', 'b']);
  });

  test('that nobody waits for any more keep nobody waiting', async () => {
    const lanes = new Lanes(1, 1);
    const { begun, take } = taker(lanes);
    const gone = new AbortController();
    const leave = await take('a');
    const refused = expect(take('b', gone.signal)).rejects.toThrow('gone');
    void take('c');
    gone.abort(new Error('gone'));
    await refused;
    expect(lanes.waiting).toBe(1);
    leave();
    await vi.advanceTimersByTimeAsync(0);
    expect(begun).toEqual(['a', 'c']);
    await expect(lanes.take(gone.signal)).rejects.toThrow('gone');
  });
});

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LineBuffer } from '../../../app/log/line-buffer.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function buffered() {
  const written: string[] = [];
  const lines = new LineBuffer({ write: (text) => void written.push(text), flushSync: () => written.push('flushed') });
  return { written, lines };
}

test('lines are handed over together, in their order, after a moment', () => {
  const { written, lines } = buffered();
  lines.write('one\n');
  lines.write('two\n');
  expect(written).toEqual([]);
  vi.advanceTimersByTime(150);
  expect(written).toEqual(['one\ntwo\n']);
  vi.advanceTimersByTime(1000);
  expect(written).toHaveLength(1);
});

test('many are handed over at once, and none is lost', () => {
  const { written, lines } = buffered();
  for (let i = 0; i < 20_000; i++) lines.write(`line ${i}\n`);
  expect(written.length).toBeGreaterThan(1);
  lines.flushSync();
  expect(written.pop()).toBe('flushed');
  expect(written.join('')).toBe(Array.from({ length: 20_000 }, (_, i) => `line ${i}\n`).join(''));
});

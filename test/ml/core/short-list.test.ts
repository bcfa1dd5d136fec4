import { expect, test } from 'vitest';
import { clip, shortList } from '../../../ml/core/short-list.ts';

test('a short list is told whole', () => {
  expect(shortList([])).toBe('');
  expect(shortList(['gas', 'heat pump', 'none'])).toBe('gas, heat pump, none');
});

test('a long one by its first items and their number', () => {
  const levels = Array.from({ length: 5000 }, (_, i) => `level ${i}`);
  expect(shortList(levels)).toMatch(/^level 0, level 1, .*, … \(5,000 in all\)$/);
  expect(shortList(levels).length).toBeLessThan(250);
  const long = shortList(['a'.repeat(1e6), 'b'.repeat(1e6), 'c', 'd'.repeat(1e6), 'e'.repeat(1e6)]);
  expect(long).toMatch(/^a+…, b+…, c, d+…, … \(5 in all\)$/);
  expect(long.length).toBeLessThan(250);
});

test('what is cut says so, and no character is halved', () => {
  expect(clip('abc', 3)).toBe('abc');
  expect(clip('abcd', 3)).toBe('ab…');
  expect(clip('a😀b', 3)).toBe('a…');
});

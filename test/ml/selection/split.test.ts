import { expect, test } from 'vitest';
import type { Ingested } from '../../../ml/data/ingest.ts';
import { splitByRows, splitBySeed } from '../../../ml/selection/split.ts';

test('a fifth is held out, every row is on one side, and the seed decides which', () => {
  const { train, test: held } = splitBySeed(103, 42);
  expect(held).toHaveLength(21);
  expect([...train, ...held].sort((a, b) => a - b)).toEqual(Array.from({ length: 103 }, (_, i) => i));
  expect(splitBySeed(103, 42)).toEqual({ train, test: held });
  expect(splitBySeed(103, 43).test).not.toEqual(held);
});

test.each([
  ['group', { groups: new Float64Array(103) }],
  ['time', { times: new Float64Array(103) }],
  ['group', { groups: new Float64Array(103), times: Float64Array.from({ length: 103 }, (_, row) => row) }],
])('rows of one %s are refused', (what, relations) => {
  expect(() => splitBySeed(103, 42, relations)).toThrow(`no rows can be held out, since all are of one ${what}`);
});

test('of groups whole ones are held out, and of times the latest', () => {
  const groups = Float64Array.from({ length: 103 }, (_, row) => row % 20);
  const times = Float64Array.from({ length: 103 }, (_, row) => (row * 7) % 103);
  const { train, test: held } = splitBySeed(103, 42, { groups });
  expect(Math.abs(held.length - 21)).toBeLessThanOrEqual(3);
  expect(new Set([...train, ...held].map((row) => groups[row])).size).toBe(20);
  expect(splitBySeed(103, 42, { times }).test).toEqual(
    Uint32Array.from(times.keys()).filter((row) => (times[row] as number) >= 82),
  );
});

// Rows 1 and 4 of the file had no target.
const data: Ingested = {
  table: { rows: 4, columns: new Map() },
  fileRows: Uint32Array.of(0, 2, 3, 5),
  fileRowCount: 6,
  dropped: 2,
  weightless: 0,
  ignored: [],
  rounded: [],
};

test('given rows are those of the file, where dropped rows count', () => {
  expect(splitByRows(data, [5, 2, 4])).toEqual({ train: Uint32Array.of(0, 2), test: Uint32Array.of(1, 3) });
});

test.each([
  ['beyond the file', [6], /from 0 to 5: 6/],
  ['negative', [-1], /from 0 to 5: -1/],
  ['not whole', [0.5], /from 0 to 5: 0\.5/],
  ['given twice', [2, 2], /given twice/],
])('rows that are %s are refused', (_, rows, message) => {
  expect(() => splitByRows(data, rows)).toThrow(message);
});

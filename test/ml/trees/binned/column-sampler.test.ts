import { expect, test } from 'vitest';
import { createRandom } from '../../../../ml/core/random.ts';
import { ColumnSampler } from '../../../../ml/trees/binned/column-sampler.ts';

const isWithin = (columns: Int32Array, others: ReadonlySet<number>) => columns.every((column) => others.has(column));

test('nodes draw of their level, levels of their tree, and trees of all', () => {
  const sampler = new ColumnSampler(40, { byTree: 0.5, byLevel: 0.5, byNode: 0.5 }, createRandom(3));
  const seen = new Set<number>();
  for (let tree = 0; tree < 30; tree++) {
    sampler.beginTree();
    const ofTree = new Set<number>();
    for (let depth = 0; depth < 5; depth++) {
      const ofLevel = new Set<number>();
      for (let node = 0; node < 20; node++) {
        const columns = sampler.columnsAt(depth);
        expect(columns).toHaveLength(5);
        expect([...columns]).toEqual([...columns].sort((a, b) => a - b));
        for (const column of columns) ofLevel.add(column);
      }
      expect(ofLevel.size).toBeLessThanOrEqual(10);
      for (const column of ofLevel) ofTree.add(column);
    }
    expect(ofTree.size).toBeLessThanOrEqual(20);
    for (const column of ofTree) seen.add(column);
  }
  expect(seen.size).toBe(40);
  expect(isWithin(sampler.columnsAt(0), seen)).toBe(true);
});

test('one column at least is drawn; with shares of 1 all are', () => {
  const few = new ColumnSampler(3, { byTree: 0.1, byLevel: 0.1, byNode: 0.1 }, createRandom(1));
  few.beginTree();
  expect(few.columnsAt(2)).toHaveLength(1);
  const all = new ColumnSampler(3, { byTree: 1, byLevel: 1, byNode: 1 }, createRandom(1));
  all.beginTree();
  expect([...all.columnsAt(0)]).toEqual([0, 1, 2]);
});

import { describe, expect, it, test } from 'vitest';
import { classTables } from '../../../bench/accuracy/class-tables.ts';
import { holdoutRows, logLossOfShares, stratifiedHoldout } from '../../../bench/accuracy/holdout.ts';
import { tables } from '../../../bench/accuracy/tables.ts';

test.each([
  { kind: 'numbers', all: tables, least: 16 },
  { kind: 'classes', all: classTables, least: 10 },
])('there are tables enough of $kind, small and large, the smallest first', ({ all, least }) => {
  expect(all.length).toBeGreaterThanOrEqual(least);
  const sizes = all.map(({ rows }) => rows);
  expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
  expect(sizes[0]).toBeLessThan(300);
  expect(sizes.at(-1)).toBeGreaterThan(50_000);
});

test('each table has a name of its own', () => {
  const names = [...tables, ...classTables].map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

test('tables of classes say so, and name no numeric target for one', () => {
  expect(tables.filter(({ task }) => task !== undefined)).toEqual([]);
  expect(new Set(classTables.map(({ task }) => task))).toEqual(new Set(['binary', 'multiclass']));
});

describe.each([...tables, ...classTables])('$name', (table) => {
  it('names files of one version of a package, by what they hold', () => {
    expect(table.name).toMatch(/^[a-z0-9][a-z0-9-]*$/);
    expect(table.from.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(table.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(table.files.length).toBeGreaterThan(0);
    for (const file of table.files) expect(file).toMatch(/^[\w./-]+\.(?:csv|csv\.gz|json)$/);
  });

  it('says why a column is left out, and leaves in its target and its categories', () => {
    for (const reason of Object.values(table.dropped)) expect(reason).not.toBe('');
    for (const column of [table.target, ...table.categories]) expect(table.dropped).not.toHaveProperty([column]);
    if (table.header) expect(table.header).toEqual(expect.arrayContaining([table.target, ...table.categories]));
  });
});

test('a quarter of the rows is held out, the same each time, from all over the table', () => {
  const rows = holdoutRows(263);
  expect(rows).toEqual(holdoutRows(263));
  expect(rows).toHaveLength(66);
  expect(rows).toEqual([...new Set(rows)].toSorted((a, b) => a - b));
  expect(rows[0]).toBeGreaterThanOrEqual(0);
  expect(rows.at(-1)).toBeLessThan(263);
  expect(rows.filter((row) => row < 132).length).toBeGreaterThan(20);
  expect(rows.filter((row) => row >= 132).length).toBeGreaterThan(20);
});

describe('of classes', () => {
  const sizes = [200, 41, 8, 2, 1];
  const classes = sizes.flatMap((size, k) => Array.from({ length: size }, () => k));

  test('a quarter of each is held out, the same each time, and of one row none', () => {
    const held = stratifiedHoldout(classes);
    expect(held).toEqual(stratifiedHoldout(classes));
    expect(held).toEqual([...new Set(held)].toSorted((a, b) => a - b));
    expect(sizes.map((_, k) => held.filter((row) => classes[row] === k).length)).toEqual([50, 10, 2, 1, 0]);
  });

  test('what is known without a model is what the shares of the other rows cost', () => {
    expect(logLossOfShares([0, 0, 0, 1, 0, 1], [4, 5])).toBeCloseTo(-(Math.log(3 / 4) + Math.log(1 / 4)) / 2, 12);
  });
});

import { describe, expect, it, test } from 'vitest';
import { holdoutRows } from '../../../bench/accuracy/table-folder.ts';
import { tables } from '../../../bench/accuracy/tables.ts';

test('there are tables enough, small and large, each under a name of its own, the smallest first', () => {
  expect(tables.length).toBeGreaterThanOrEqual(16);
  expect(new Set(tables.map(({ name }) => name)).size).toBe(tables.length);
  const sizes = tables.map(({ rows }) => rows);
  expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
  expect(sizes[0]).toBeLessThan(300);
  expect(sizes.at(-1)).toBeGreaterThan(50_000);
});

describe.each(tables)('$name', (table) => {
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
    expect(table.header === undefined).toBe(table.separator === undefined);
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

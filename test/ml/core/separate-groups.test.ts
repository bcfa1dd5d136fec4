import { expect, test } from 'vitest';
import { separateGroups } from '../../../ml/core/separate-groups.ts';

/** Rows of each group before and after the cut, as one split of them. */
function separated(groups: readonly (readonly [early: number, late: number])[], share: number) {
  const rows = (side: 0 | 1) => groups.flatMap((counts, group) => new Array<number>(counts[side]).fill(group));
  const groupOf = Uint32Array.from([...rows(0), ...rows(1)]);
  const all = Uint32Array.from(groupOf.keys());
  const cut = rows(0).length;
  const places = groups.map((_, group) => group);
  const { learned, held } = separateGroups(all.slice(0, cut), all.slice(cut), { groupOf, share, places });
  const groupsOf = (side: Uint32Array) => [...new Set(Array.from(side, (row) => groupOf[row]))];
  return { learned: groupsOf(learned), held: groupsOf(held), rows: [learned.length, held.length] };
}

test('groups that live on one side of the cut lose no row', () => {
  expect(
    separated(
      [
        [5, 0],
        [3, 0],
        [0, 4],
        [0, 1],
      ],
      0.2,
    ),
  ).toEqual({ learned: [0, 1], held: [2, 3], rows: [8, 5] });
});

test('a group on both sides keeps the side where it has more rows', () => {
  expect(
    separated(
      [
        [9, 1],
        [8, 2],
        [1, 9],
      ],
      0.2,
    ),
  ).toEqual({ learned: [0, 1], held: [2], rows: [17, 9] });
});

test('of a panel the share is held, by the places of groups', () => {
  const panel = Array.from({ length: 10 }, () => [8, 2] as const);
  expect(separated(panel, 0.2)).toEqual({ learned: [2, 3, 4, 5, 6, 7, 8, 9], held: [0, 1], rows: [64, 4] });
});

test('where every group has more rows after the cut, half of the earlier ones are learned from', () => {
  const growing = Array.from({ length: 10 }, () => [2, 8] as const);
  expect(separated(growing, 0.2)).toMatchObject({ rows: [10, 40] });
});

test('a large group is not held where half of the earlier rows would be lost, unless nothing else can be', () => {
  expect(
    separated(
      [
        [90, 90],
        [6, 6],
        [4, 4],
      ],
      0.2,
    ),
  ).toEqual({ learned: [0], held: [1, 2], rows: [90, 10] });
  expect(
    separated(
      [
        [90, 90],
        [6, 0],
      ],
      0.2,
    ),
  ).toEqual({ learned: [1], held: [0], rows: [6, 90] });
});

test('groups that lose about as much are held by their places, others after those that lose less', () => {
  const held = (...groups: (readonly [number, number])[]) => separated(groups, 0.2).held;
  const even = [
    [10, 4],
    [9, 4],
    [10, 4],
    [10, 4],
    [10, 4],
  ] as const;
  expect(held(...even)).toEqual([0]);
  expect(held(...even.slice(0, 4), [4, 4])).toEqual([4]);
});

test('one side stays empty where all rows are of one group', () => {
  expect(Math.min(...separated([[5, 5]], 0.2).rows)).toBe(0);
});

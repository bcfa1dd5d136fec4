import fc from 'fast-check';
import type { Relations } from '../../../ml/core/relations.ts';
import type { Split } from '../../../ml/core/split.ts';

/** Rows with groups, times or both: panels in which groups span all times, groups of one time each, and all between. */
export const relatedRows = (fewest = 4): fc.Arbitrary<{ readonly rows: number; readonly relations: Relations }> =>
  fc
    .record({
      rows: fc.integer({ min: fewest, max: 60 }),
      groups: fc.integer({ min: 1, max: 30 }),
      times: fc.integer({ min: 1, max: 30 }),
      has: fc.constantFrom('groups', 'times', 'both'),
      missing: fc.boolean(),
      seed: fc.infiniteStream(fc.nat({ max: 1e6 })),
    })
    .map(({ rows, groups, times, has, missing, seed }) => {
      const draw = (n: number) => Float64Array.from({ length: rows }, () => (seed.next().value as number) % n);
      const codes = draw(groups).map((code) => (missing && code === 0 ? Number.NaN : code));
      return {
        rows,
        relations: {
          ...(has !== 'times' && { groups: codes }),
          ...(has !== 'groups' && { times: draw(times).map((time) => time / 4 - 1) }),
        },
      };
    });

/** What a split must not learn from because of the rows that it holds: rows of their groups, and rows as late as one of them. */
export function forbiddenRows({ held }: Split, rows: number, { groups, times }: Relations): Set<number> {
  const isHeld = new Set(held);
  const heldGroups = new Set(Array.from(held, (row) => groups?.[row]).filter((code) => !Number.isNaN(code)));
  const earliest = Math.min(...Array.from(held, (row) => times?.[row] ?? Infinity));
  return new Set(
    Array.from({ length: rows }, (_, row) => row).filter(
      (row) =>
        isHeld.has(row) ||
        (groups !== undefined && heldGroups.has(groups[row])) ||
        (times !== undefined && (times[row] as number) >= earliest),
    ),
  );
}

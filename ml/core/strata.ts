import { joinRows } from './join-arrays.ts';
import { numberGroups, rowsByGroup, rowsOfGroup } from './relations.ts';

/** How many of a stratum's rows may be taken. */
interface Limits {
  readonly fewest: number;
  readonly most: number;
}

/**
 * Takes `count` of the rows, of each stratum its share, those that come first in it.
 *
 * @param rows in the order in which they are taken
 * @param limitsOf of a stratum of so many rows, among so many strata; where they leave no room, fewer or more than `count` are taken
 */
export function takeInStrata(
  rows: Uint32Array,
  count: number,
  strata: Float64Array,
  limitsOf: (size: number, strata: number) => Limits,
): { readonly taken: Uint32Array; readonly left: Uint32Array } {
  const parts = rowsByStratum(rows, strata);
  const sizes = allot(
    parts.map(({ length }) => length),
    count,
    limitsOf,
  );
  return {
    taken: joinRows(parts.map((part, stratum) => part.subarray(0, sizes[stratum]))),
    left: joinRows(parts.map((part, stratum) => part.subarray(sizes[stratum]))),
  };
}

/** The same rows, those of a stratum together, each in the order that they have. */
export function sortByStratum(rows: Uint32Array, strata: Float64Array): Uint32Array {
  return joinRows(rowsByStratum(rows, strata));
}

/**
 * How many rows of each stratum are taken for `count` in all: its share of them, where fractions are rounded by the largest
 * remainders (Hamilton's method), the first stratum first where they are equal.
 *
 * @param sizes how many rows each stratum has
 */
function allot(sizes: readonly number[], count: number, limitsOf: (size: number, strata: number) => Limits): number[] {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const strata = sizes.map((size) => {
    const { fewest, most } = limitsOf(size, sizes.length);
    const ideal = (count * size) / total;
    return { fewest, most, ideal, taken: Math.min(most, Math.max(fewest, Math.floor(ideal))) };
  });
  const missing = () => count - strata.reduce((sum, { taken }) => sum + taken, 0);
  for (let left = missing(); left !== 0; left = missing()) {
    const step = Math.sign(left);
    const movable = strata.filter(({ taken, fewest, most }) => (step > 0 ? taken < most : taken > fewest));
    if (movable.length === 0) break;
    const nearest = movable.toSorted((a, b) => step * (b.ideal - b.taken - (a.ideal - a.taken)));
    for (const stratum of nearest.slice(0, Math.abs(left))) stratum.taken += step;
  }
  return strata.map(({ taken }) => taken);
}

/** The rows of each stratum, each in the given order; a stratum whose first row comes first comes first. */
function rowsByStratum(rows: Uint32Array, strata: Float64Array): readonly Uint32Array[] {
  const places = rowsByGroup(numberGroups(Float64Array.from(rows, (row) => strata[row] as number)));
  const ordered = { ...places, rows: places.rows.map((place) => rows[place] as number) };
  return Array.from({ length: ordered.count }, (_, stratum) => rowsOfGroup(ordered, stratum));
}

/** Which stratum each row is in, and how many rows each has. */
export interface NumberedStrata {
  readonly stratumOf: Uint32Array;
  readonly sizes: Uint32Array;
}

/** @param strata without them all rows are in one */
export function numberStrata(rows: number, strata: Float64Array | undefined): NumberedStrata {
  if (!strata) return { stratumOf: new Uint32Array(rows), sizes: Uint32Array.of(rows) };
  const { groupOf: stratumOf, count } = numberGroups(strata);
  const sizes = new Uint32Array(count);
  for (const stratum of stratumOf) sizes[stratum] = (sizes[stratum] as number) + 1;
  return { stratumOf, sizes };
}

/** How many of the rows are in each stratum that they are in. */
export function countByStratum(rows: Uint32Array, stratumOf: Uint32Array): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const row of rows) {
    const stratum = stratumOf[row] as number;
    counts.set(stratum, (counts.get(stratum) ?? 0) + 1);
  }
  return counts;
}

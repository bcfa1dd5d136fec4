// How differently columns are distributed among the rows that were learned from and those that were held out.

/** How far the distributions of columns are from each other. */
export interface SplitDifferences {
  /** Of each column, by name: the largest difference of both distribution functions, from 0 to 1. */
  readonly distances: ReadonlyMap<string, number>;
  /** What a random split of as many rows comes to at most, in the column where it is largest, 19 times in 20. */
  readonly byChance: number;
}

const ALPHA = 0.05;

/**
 * The statistic of Kolmogorov and Smirnov of each column. Levels count in declared order, and a missing value as one that is larger
 * than all others, so that one bound holds for all columns; of equal values it is too high rather than too low.
 *
 * Source: Smirnov 1948 (the bound), corrected for so many columns by Bonferroni's inequality.
 *
 * @param columns by name, the values of both sets of rows
 * @returns undefined where a set has no rows
 */
export function splitDifferences(
  columns: ReadonlyMap<string, readonly [learned: Float64Array, held: Float64Array]>,
): SplitDifferences | undefined {
  const [sizes] = [...columns.values()].map((sets) => sets.map(({ length }) => length));
  const [m = 0, n = 0] = sizes ?? [];
  if (m === 0 || n === 0) return undefined;
  const distances = [...columns].map(([name, [learned, held]]) => [name, distance(learned, held)] as const);
  return {
    distances: new Map(distances),
    byChance: Math.min(1, Math.sqrt(-Math.log(ALPHA / (2 * columns.size)) / 2) * Math.sqrt((m + n) / (m * n))),
  };
}

function distance(learned: Float64Array, held: Float64Array): number {
  const [a, b] = [ascending(learned), ascending(held)];
  let [i, j, largest] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i] as number, b[j] as number);
    while (a[i] === value) i++;
    while (b[j] === value) j++;
    largest = Math.max(largest, Math.abs(i / a.length - j / b.length));
  }
  return largest;
}

const ascending = (values: Float64Array) => values.map((value) => (Number.isNaN(value) ? Infinity : value)).sort();

import type { Category, LevelCandidate, NumberCandidate } from '../quantization/columns.ts';
import type { Split } from '../scoring/candidate.ts';

/** A split that looks at one value of a row. */
export type Test = Split<NumberCandidate | LevelCandidate>;

/**
 * Categories taken together, with the answers to some tests: rows that agree in all of them are of one group. With one
 * category and no test, the groups are its levels.
 *
 * Source: Prokhorenkova et al. 2018, section 4, "Feature combinations".
 */
export interface Projection {
  /** By column. */
  readonly categories: readonly Category[];
  /** Of numbers, then of levels, each in the order of the tree's splits: as in the reference, another order is another projection. */
  readonly tests: readonly Test[];
  /** How many groups there could be. */
  readonly size: number;
  /** Equal for equal projections. */
  readonly key: string;
}

/** A projection of these categories, in any order; undefined if one comes twice, or there could be too many groups. */
export function project(categories: readonly Category[], tests: readonly Test[]): Projection | undefined {
  const sorted = categories.toSorted((a, b) => a.column - b.column);
  if (sorted.some((category, i) => i > 0 && category === sorted[i - 1])) return undefined;
  const size = sorted.reduce((product, category) => product * category.size, 2 ** tests.length);
  // Past this, groups could no longer be told apart by a number.
  if (size > Number.MAX_SAFE_INTEGER) return undefined;
  const key = `${sorted.map(({ column }) => column)} ${tests.map(({ candidate, bin }) => `${candidate.column}:${bin}`)}`;
  return { categories: sorted, tests, size, key };
}

/** How much a projection combines; all tests together count as one category. */
export const complexity = ({ categories, tests }: Projection) => categories.length + (tests.length > 0 ? 1 : 0);

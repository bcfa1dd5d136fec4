import type { Split } from './candidate.ts';
import type { Category, LevelCandidate, NumberCandidate } from './columns.ts';

/** A split that looks at one value of a row. */
export type Test = Split<NumberCandidate | LevelCandidate>;

/**
 * Categories taken together, with the answers to some tests: rows that agree in all of them are of one group. With one
 * category and no test, the groups are its levels.
 *
 * Source: Prokhorenkova et al. 2018, section 4, "Feature combinations".
 */
export interface Projection {
  readonly categories: readonly Category[];
  readonly tests: readonly Test[];
  /** Equal for equal projections. */
  readonly key: string;
}

/** Past this, groups could no longer be told apart by a number. */
const MOST_GROUPS = Number.MAX_SAFE_INTEGER;

/** A projection of these categories, in any order; undefined if one comes twice, or there could be too many groups. */
export function project(categories: readonly Category[], tests: readonly Test[]): Projection | undefined {
  const sorted = [...categories].sort((a, b) => a.column - b.column);
  const twice = sorted.some((category, i) => i > 0 && category === sorted[i - 1]);
  const groups = sorted.reduce((product, { size }) => product * size, 2 ** tests.length);
  if (twice || groups > MOST_GROUPS) return undefined;
  const named = tests.map((test) => ({ test, name: `${test.candidate.column}>${test.bin}` }));
  named.sort((a, b) => (a.name < b.name ? -1 : 1));
  const names = [...sorted.map(({ column }) => `${column}`), ...named.map(({ name }) => name)];
  return { categories: sorted, tests: named.map(({ test }) => test), key: names.join(' ') };
}

/** How much a projection combines; all tests together count as one category. */
export const complexity = ({ categories, tests }: Projection) => categories.length + (tests.length > 0 ? 1 : 0);

import { countsByBin, quantileBins } from './number-cells.ts';
import { poolRareLevels } from './pooled-levels.ts';
import { LevelProfile, NumberProfile, type Profile } from './profile.ts';
import { homogeneityTest } from './statistics/homogeneity.ts';
import { kolmogorovSmirnovTest, largestDistance } from './statistics/kolmogorov-smirnov.ts';
import { type Stability, stabilityOf } from './statistics/stability.ts';
import { sumOf } from './statistics/sum-of.ts';

/** As many bins as the field's rule of thumb for the index has; fewer of few rows, whose bins would be empty by chance. */
const MOST_BINS = 10;
const FEWEST_BINS = 2;

/** How a column's known values are spread, beside those of a reference. */
export interface Shift extends Stability {
  readonly test: 'kolmogorov_smirnov' | 'chi_squared';
  /** How probable a difference as large is by chance, of this column alone. */
  readonly p: number;
  /** Effective rows of the reference, and of what is compared with it. */
  readonly sizes: readonly [reference: number, current: number];
}

/** A profile, and what makes of its counts numbers of independent rows. */
export interface Counted {
  readonly profile: Profile;
  readonly scale: number;
}

/**
 * How far a column has moved from a reference. Rows of the current one are counted in the cells of the reference, where they are
 * numbers.
 *
 * @param alike the level that stands for a level in both. @default itself
 * @returns undefined where either has no value, or there are too few rows to tell levels apart
 */
export function shiftBetween(
  { profile: reference, scale: before }: Counted,
  { profile: current, scale: now }: Counted,
  alike: (level: string) => string = (level) => level,
): Shift | undefined {
  if (reference instanceof NumberProfile && current instanceof NumberProfile)
    return shiftOfNumbers(scaled(reference.counts, before), scaled(current.counts, now));
  if (reference instanceof LevelProfile && current instanceof LevelProfile)
    return shiftOfLevels(renamed(reference.counts, before, alike), renamed(current.counts, now, alike));
  throw new Error('profiles of numbers and of levels cannot be compared');
}

function shiftOfNumbers(reference: Float64Array, current: Float64Array): Shift | undefined {
  const sizes = [sumOf(reference), sumOf(current)] as const;
  const smaller = Math.min(...sizes);
  if (smaller === 0) return undefined;
  const bins = Math.min(MOST_BINS, Math.max(FEWEST_BINS, Math.floor(Math.sqrt(smaller))));
  const binOf = quantileBins(reference, bins);
  return {
    ...stabilityOf(countsByBin(reference, binOf), countsByBin(current, binOf)),
    test: 'kolmogorov_smirnov',
    p: kolmogorovSmirnovTest(largestDistance(reference, current), ...sizes),
    sizes,
  };
}

function shiftOfLevels(
  reference: ReadonlyMap<string, number>,
  current: ReadonlyMap<string, number>,
): Shift | undefined {
  const [first, second] = poolRareLevels(reference, current);
  const sizes = [sumOf(first), sumOf(second)] as const;
  if (Math.min(...sizes) === 0 || first.length < 2) return undefined;
  return { ...stabilityOf(first, second), test: 'chi_squared', p: homogeneityTest(first, second), sizes };
}

const scaled = (counts: Float64Array, scale: number): Float64Array => counts.map((count) => count * scale);

function renamed(
  counts: ReadonlyMap<string, number>,
  scale: number,
  alike: (level: string) => string,
): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const [level, count] of counts) sums.set(alike(level), (sums.get(alike(level)) ?? 0) + count * scale);
  return sums;
}

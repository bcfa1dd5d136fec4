import type { Candidate } from './candidate.ts';
import type { Groups } from './groups.ts';
import type { Projection } from './projection.ts';

/** A number that stands for a row's group: how often the target is high in it, or how many rows it has. */
export interface StatisticCandidate extends Candidate {
  readonly kind: 'statistic';
  readonly projection: Projection;
  /** Which of a projection's statistics it is: an index of `PRIORS`, or `FREQUENCY`. */
  readonly statistic: number;
  /** How many groups the projection has in training. */
  readonly groups: number;
}

/** What is added to the count of high targets, while one is added to that of all. */
export const PRIORS = [0, 0.5, 1] as const;

/** The statistic that knows no target: a group's rows, beside those of the largest. */
export const FREQUENCY = PRIORS.length;

/** Statistics run from 0 to 1, and are cut into this many equal bins; a bin more is for 1 itself. */
const BINS = 15;

/** The border above a bin, of a statistic times `BINS`. Source: CatBoost 1.2, which rounds so in its models. */
export const statisticBorder = (bin: number) => bin + 0.999999;

/** A statistic times `BINS`, in float32 as the reference computes it. */
export function statisticValue(count: number, total: number, prior: number): number {
  return Math.fround(Math.fround(Math.fround(count + prior) / Math.fround(total + 1)) * BINS);
}

/**
 * Ordered target statistics: in a random order of the rows, each row's group is described by the targets of rows before
 * it alone, so that no row's own target can leak into what it is split by.
 *
 * Source: Prokhorenkova et al. 2018, section 3.2; CatBoost 1.2, `simple_ctr` Borders and Counter.
 *
 * @param isHigh for each row whether its target is high, 0 or 1
 * @param order the rows in their random order
 */
export function orderedStatistics(groups: Groups, isHigh: Uint8Array, order: Uint32Array): StatisticCandidate[] {
  const { projection, groupOf, keys } = groups;
  const high = new Uint32Array(keys.length);
  const total = new Uint32Array(keys.length);
  const byPrior = PRIORS.map(() => new Uint8Array(groupOf.length));
  const [none, half, one] = byPrior as [Uint8Array, Uint8Array, Uint8Array];
  for (let at = 0; at < order.length; at++) {
    const row = order[at]!;
    const group = groupOf[row]!;
    const before = total[group]!;
    const highBefore = high[group]!;
    none[row] = statisticValue(highBefore, before, 0);
    half[row] = statisticValue(highBefore, before, 0.5);
    one[row] = statisticValue(highBefore, before, 1);
    total[group] = before + 1;
    high[group] = highBefore + isHigh[row]!;
  }
  const largest = total.reduce((most, count) => Math.max(most, count), 0);
  const frequency = groupOf.map((group) => statisticValue(total[group]!, largest, 0));
  return [...byPrior, Uint8Array.from(frequency)].map((bins, statistic) => ({
    kind: 'statistic',
    projection,
    statistic,
    groups: keys.length,
    bins,
    binCount: BINS + 1,
    oneHot: false,
  }));
}

/**
 * The border above which a target is high: the one that parts the rows most evenly.
 *
 * Source: CatBoost 1.2, `TargetBorderCount=1`, `TargetBorderType=MinEntropy`.
 */
export function targetBorder(y: Float64Array): number {
  const sorted = Float32Array.from(y).sort();
  const entropy = (rows: number) => rows * Math.log(rows + 1e-8);
  let best = 0;
  let least = Infinity;
  for (let cut = 1; cut < sorted.length; cut++) {
    if (sorted[cut - 1] === sorted[cut]) continue;
    const both = entropy(cut) + entropy(sorted.length - cut);
    if (both > least) continue;
    least = both;
    best = cut;
  }
  return best === 0 ? sorted[0]! : Math.fround(0.5 * sorted[best - 1]! + 0.5 * sorted[best]!);
}

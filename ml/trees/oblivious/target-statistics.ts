import type { Candidate } from './candidate.ts';
import type { Groups } from './groups.ts';
import { complexity, type Projection } from './projection.ts';

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

/** How many statistics a projection has. */
export const STATISTICS = PRIORS.length + 1;

/** Statistics run from 0 to 1, and are cut into this many equal bins; a bin more is for 1 itself. */
const BINS = 15;

/** The border above a bin, of a statistic times `BINS`. Source: CatBoost 1.2, which rounds so in its models. */
export const statisticBorder = (bin: number) => bin + 0.999999;

/** A statistic times `BINS`, in float32 as the reference computes it. */
export function statisticValue(count: number, total: number, prior: number): number {
  return Math.fround(Math.fround(Math.fround(count + prior) / Math.fround(total + 1)) * BINS);
}

/** Up to this many rows before it, a row's statistics are looked up. */
const TABLED = 64;

/** For each number of rows and of high ones among them, the bins of all priors, a byte each. */
const binsByCounts = Uint32Array.from({ length: TABLED * TABLED }, (_, at) =>
  binsOf(at % TABLED, Math.floor(at / TABLED)),
);

function binsOf(high: number, total: number): number {
  return PRIORS.reduce<number>(
    (bins, prior, i) => bins | (Math.trunc(statisticValue(high, total, prior)) << (8 * i)),
    0,
  );
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
  const rows = groupOf.length;
  const high = new Uint32Array(keys.length);
  const total = new Uint32Array(keys.length);
  const none = new Uint8Array(rows);
  const half = new Uint8Array(rows);
  const one = new Uint8Array(rows);
  for (let at = 0; at < order.length; at++) {
    const row = order[at]!;
    const group = groupOf[row]!;
    const before = total[group]!;
    const highBefore = high[group]!;
    const bins = before < TABLED ? binsByCounts[before * TABLED + highBefore]! : binsOf(highBefore, before);
    none[row] = bins;
    half[row] = bins >> 8;
    one[row] = bins >> 16;
    total[group] = before + 1;
    high[group] = highBefore + isHigh[row]!;
  }
  const all = [none, half, one, frequencies(groupOf, total)];
  return all.map((bins, statistic) => ({
    kind: 'statistic',
    projection,
    statistic,
    groups: keys.length,
    bins,
    binCount: BINS + 1,
    oneHot: false,
    isForgotten: complexity(projection) === 1,
  }));
}

/** How many rows a group has beside the largest, seen by all rows at once: it tells nothing of the target. */
function frequencies(groupOf: Uint32Array, total: Uint32Array): Uint8Array {
  let largest = 0;
  for (let group = 0; group < total.length; group++) largest = Math.max(largest, total[group]!);
  const binOf = Uint8Array.from(total, (rows) => statisticValue(rows, largest, 0));
  const bins = new Uint8Array(groupOf.length);
  for (let i = 0; i < bins.length; i++) bins[i] = binOf[groupOf[i]!]!;
  return bins;
}

/**
 * The border above which a target is high: the one that splits the rows most evenly, and of two such the lower.
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
    if (both >= least) continue;
    least = both;
    best = cut;
  }
  return best === 0 ? sorted[0]! : Math.fround(sorted[best - 1]! + sorted[best]!) / 2;
}

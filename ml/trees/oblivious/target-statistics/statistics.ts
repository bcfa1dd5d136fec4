/** What is added to the count of high targets, while one is added to that of all. */
export const PRIORS = [0, 0.5, 1] as const;

/** The statistic that knows no target: a group's rows, beside those of the largest. */
export const FREQUENCY = PRIORS.length;

/** How many statistics a projection has. */
export const STATISTICS = PRIORS.length + 1;

/** Statistics run from 0 to 1, and are cut into this many equal bins; a bin more is for 1 itself. */
export const BINS = 15;

/** The border above a bin, of a statistic times `BINS`. Source: CatBoost 1.2, which rounds so in its models. */
export const statisticBorder = (bin: number) => bin + 0.999999;

/** A statistic times `BINS`, in float32 as the reference computes it. */
export function statisticValue(count: number, total: number, prior: number): number {
  return Math.fround(Math.fround(Math.fround(count + prior) / Math.fround(total + 1)) * BINS);
}

/** The bin of how many rows a group has beside the largest, in the byte of that statistic. */
export const frequencyByte = (rows: number, largest: number) =>
  Math.trunc(statisticValue(rows, largest, 0)) << (8 * FREQUENCY);

/**
 * The border above which a target is high: the one that splits the rows most evenly, and of two such the lower.
 *
 * Source: CatBoost 1.2, `TargetBorderCount=1`, `TargetBorderType=MinEntropy`.
 */
export function targetBorder(y: Float64Array): number {
  const sorted = Float32Array.from(y).sort();
  const entropy = (rows: number) => rows * Math.log(rows + 1e-8);
  let best = 0;
  let lowest = Infinity;
  for (let cut = 1; cut < sorted.length; cut++) {
    if (sorted[cut - 1] === sorted[cut]) continue;
    const both = entropy(cut) + entropy(sorted.length - cut);
    if (both >= lowest) continue;
    lowest = both;
    best = cut;
  }
  return best === 0 ? sorted[0]! : Math.fround(sorted[best - 1]! + sorted[best]!) / 2;
}

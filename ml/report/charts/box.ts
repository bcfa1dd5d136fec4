/** How the values of one label are spread, as a box plot shows it. */
export interface Box {
  readonly label: string;
  readonly count: number;
  /** The ends of the whiskers: the outermost values within 1.5 interquartile ranges of the box. */
  readonly low: number;
  readonly high: number;
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
}

/**
 * The box of some values; those that are not finite are left out.
 *
 * Source: Tukey 1977, Exploratory Data Analysis.
 */
export function boxOf(label: string, values: ArrayLike<number>): Box {
  const sorted = Float64Array.from(values).filter(Number.isFinite).sort();
  const [q1, median, q3] = [quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75)];
  const reach = 1.5 * (q3 - q1);
  return {
    label,
    count: sorted.length,
    low: Math.min(q1, sorted.find((value) => value >= q1 - reach) ?? Number.NaN),
    high: Math.max(q3, sorted.findLast((value) => value <= q3 + reach) ?? Number.NaN),
    q1,
    median,
    q3,
  };
}

/**
 * A quantile between the values around it; NaN where there are none.
 *
 * @param sorted finite numbers, ascending
 */
export function quantile(sorted: Float64Array, share: number): number {
  if (sorted.length === 0) return Number.NaN;
  const place = share * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(place)] as number, sorted[Math.ceil(place)] as number];
  const part = place - Math.floor(place);
  // Not by their difference, which may be more than a number holds.
  return below === above ? below : below * (1 - part) + above * part;
}

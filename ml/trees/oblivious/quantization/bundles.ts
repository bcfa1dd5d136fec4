/** How many bins other than 0 a bundle may have. */
const MAX_BINS = 1023;

/** Of columns of two bins alone a bundle has at least so many. */
const MIN_BINARY = 4;

/** The bin of each training row, and how many bins there are. */
export interface Binned {
  readonly bins: Uint8Array | Uint16Array;
  readonly binCount: number;
}

interface Bundle {
  readonly columns: number[];
  /** Bins other than 0. */
  bins: number;
  /** How many rows are not in bin 0 of one of its columns, and which. */
  count: number;
  readonly rows: Uint8Array;
}

/**
 * Exclusive feature bundling: columns of which no two are out of bin 0 in the same row. Greedy, in the order of the columns
 * or by how many rows are out of bin 0, whichever bundles more. Which columns the reference bundles decides which of equally
 * good splits it takes.
 *
 * Source: CatBoost 1.2, `sparse_features_conflict_fraction` 0; Ke et al. 2017, section 4.
 *
 * @param columns undefined for a column that does not count
 * @returns the columns of each bundle, two or more
 */
export function bundlesOf(columns: readonly (Binned | undefined)[]): number[][] {
  const counts = columns.map((column) => (column ? countOut(column.bins) : Infinity));
  const [smallest = 0, second = 0] = counts.toSorted((a, b) => a - b);
  const rows = columns.find((column) => column !== undefined)?.bins.length ?? 0;
  // One that shares rows with every other is in no bundle.
  const order = [...columns.keys()].filter(
    (column) =>
      counts[column]! + (counts[column] === smallest ? second : smallest) <= rows &&
      columns[column]!.binCount <= MAX_BINS + 1,
  );
  if (order.length < 2) return [];
  const inOrder = bundleGreedily(columns, counts, order);
  const byCount = bundleGreedily(
    columns,
    counts,
    order.toSorted((a, b) => counts[b]! - counts[a]!),
  );
  return saved(byCount) > saved(inOrder) ? byCount : inOrder;
}

const saved = (bundles: number[][]) => bundles.reduce((sum, { length }) => sum + length - 1, 0);

function countOut(bins: Binned['bins']): number {
  let count = 0;
  for (let i = 0; i < bins.length; i++) if (bins[i]! > 0) count += 1;
  return count;
}

function bundleGreedily(
  columns: readonly (Binned | undefined)[],
  counts: readonly number[],
  order: readonly number[],
): number[][] {
  const bundles: Bundle[] = [];
  const bundleOf = new Map<number, Bundle>();
  for (const column of order) {
    const { bins, binCount } = columns[column]!;
    const takes = (bundle: Bundle) =>
      bundle.bins + binCount - 1 <= MAX_BINS &&
      bundle.count + counts[column]! <= bins.length &&
      isExclusive(bundle.rows, bins);
    const [before, after] = [bundleOf.get(column - 1), bundleOf.get(column + 1)];
    let bundle = [before, after].find((each) => each && takes(each));
    // As in the reference, which leaves alone what does not fit the bundle that it is in the midst of.
    if (!bundle && before && before === after) continue;
    bundle ??= bundles.find((each) => each !== before && each !== after && takes(each));
    if (!bundle) {
      bundle = { columns: [], bins: 0, count: 0, rows: new Uint8Array(bins.length) };
      bundles.push(bundle);
    }
    bundle.columns.push(column);
    bundle.bins += binCount - 1;
    bundle.count += counts[column]!;
    for (let i = 0; i < bins.length; i++) if (bins[i]! > 0) bundle.rows[i] = 1;
    bundleOf.set(column, bundle);
  }
  return bundles
    .filter(({ columns: { length }, bins }) => length > 1 && (bins > length || length >= MIN_BINARY))
    .map((bundle) => bundle.columns);
}

function isExclusive(rows: Uint8Array, bins: Binned['bins']): boolean {
  for (let i = 0; i < rows.length; i++) if (rows[i] === 1 && bins[i]! > 0) return false;
  return true;
}

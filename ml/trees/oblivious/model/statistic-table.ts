import { lowerBound } from '../../../core/binary-search.ts';
import type { Groups } from '../target-statistics/groups.ts';
import { FREQUENCY, PRIORS, STATISTICS, statisticValue } from '../target-statistics/statistics.ts';

/** The narrowest array that holds whole numbers up to a largest one. */
type Counts = Uint8Array | Uint16Array | Uint32Array;

/** What all training rows say of each group of a projection: by this a prediction has its statistics. */
export type StatisticTable = {
  /** The projection's categorical columns, and how many codes each has. */
  readonly columns: Int32Array;
  readonly sizes: Int32Array;
  /** Its tests: the feature that each looks at, and the border to exceed. */
  readonly testFeatures: Int32Array;
  readonly testBorders: Float32Array;
  /** The groups' keys, ascending. */
  readonly keys: Uint32Array | Float64Array;
  /** How many rows each group has, and how many of them have a high target. */
  readonly total: Counts;
  readonly high: Counts;
  /** The most rows that a group has. */
  readonly largest: number;
};

/** Sums up the training rows. */
export function tableOf(
  { projection, groupOf, keys, sizes, largest }: Groups,
  isHigh: Uint8Array,
  tests: readonly { readonly feature: number; readonly border: number }[],
): StatisticTable {
  const high = new Uint32Array(keys.length);
  for (let i = 0; i < groupOf.length; i++) high[groupOf[i]!]! += isHigh[i]!;
  const ascending = Uint32Array.from(keys, (_, group) => group).sort((a, b) => keys[a]! - keys[b]!);
  const sorted = Float64Array.from(ascending, (group) => keys[group]!);
  return {
    columns: Int32Array.from(projection.categories, ({ column }) => column),
    sizes: Int32Array.from(projection.categories, ({ size }) => size),
    testFeatures: Int32Array.from(tests, ({ feature }) => feature),
    testBorders: Float32Array.from(tests, ({ border }) => border),
    keys: sorted[sorted.length - 1]! < 2 ** 32 ? Uint32Array.from(sorted) : sorted,
    total: narrow(ascending.map((group) => sizes[group]!)),
    high: narrow(ascending.map((group) => high[group]!)),
    largest,
  };
}

function narrow(counts: Uint32Array): Counts {
  const largest = counts.reduce((a, b) => Math.max(a, b), 0);
  if (largest < 2 ** 8) return Uint8Array.from(counts);
  return largest < 2 ** 16 ? Uint16Array.from(counts) : counts;
}

/** The key of a row's group. `row` holds the row's features, `codes` its code in each column. */
export function keyOf(table: StatisticTable, codes: Int32Array, row: Float32Array): number {
  const { columns, sizes, testFeatures, testBorders } = table;
  let key = 0;
  for (let i = 0; i < testFeatures.length; i++) key = 2 * key + (row[testFeatures[i]!]! > testBorders[i]! ? 1 : 0);
  for (let i = 0; i < columns.length; i++) key = key * sizes[i]! + codes[columns[i]!]!;
  return key;
}

/** Writes a group's statistics into `row` from `at` on, and returns where they end. A group that is not known has no rows. */
export function writeStatistics(table: StatisticTable, key: number, row: Float32Array, at: number): number {
  const group = find(table.keys, key);
  const total = group < 0 ? 0 : table.total[group]!;
  const high = group < 0 ? 0 : table.high[group]!;
  for (let i = 0; i < PRIORS.length; i++) row[at + i] = statisticValue(high, total, PRIORS[i]!);
  row[at + FREQUENCY] = statisticValue(total, table.largest, 0);
  return at + STATISTICS;
}

function find(keys: Uint32Array | Float64Array, key: number): number {
  const at = lowerBound(keys, key);
  return keys[at] === key ? at : -1;
}

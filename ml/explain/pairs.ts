// Which values of two columns do not go together: seen from what training rows have, without the rows.

import { createRandom, permutation, scrambled } from '../core/random.ts';
import { type Declaration, featuresOf } from '../data/declaration.ts';
import { columnOf, type Table } from '../data/table.ts';
import { innerFolds } from '../features/preprocess.ts';
import { binner, type ColumnBins, columnBins, nearBins } from './pair-bins.ts';
import { sampleRows } from './sample-rows.ts';

/** How rare the values of two columns are together: plain data. */
export type RarePairs = {
  readonly columns: readonly ColumnBins[];
  readonly pairs: readonly {
    /** Two of the columns, by their places. */
    readonly one: number;
    readonly other: number;
    /** bins × bins, row-major: the logarithm of how many rows there would be near it by chance, over how many there are. */
    readonly rarity: Float32Array;
  }[];
  /** What only the rarest training rows exceed. */
  readonly threshold: number;
};

const MOST_ROWS = 5000;
const MOST_COLUMNS = 200;
/** Pairs are counted by so many steps at most, of a row and a pair. */
const MOST_STEPS = 20_000_000;
const FEWEST_ROWS = 50;
/** Of the pairs that depend on each other most. */
const MOST_PAIRS = 200;
/** Beyond so many standard deviations of chance, columns depend on each other. */
const CLEAR = 4;
/** The share of rows like the training rows that are rare. */
const RARE = 0.005;
/** Nothing is rare where chance would not bring five times as many. */
const LEAST_RARITY = Math.log(5);
/** Added to numbers of rows, so that none is 0. */
const HALF = 0.5;

/** Learns which values of two columns are rare together; null where rows are few, or no columns depend on each other. */
export function fitRarePairs(declaration: Declaration, train: Table, seed: number): RarePairs | null {
  const random = createRandom(scrambled(seed + 2));
  const all = featuresOf(declaration);
  const features = [...permutation(all.length, random).subarray(0, MOST_COLUMNS)].sort((a, b) => a - b);
  const steps = (features.length * (features.length - 1)) / 2;
  const table = sampleRows(train, Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, Math.floor(MOST_STEPS / steps))), random);
  if (table.rows < FEWEST_ROWS || features.length < 2) return null;
  const columns = features.map((place) => {
    const column = all[place] as (typeof all)[number];
    return columnBins(column, columnOf(table, column.name));
  });
  const bins = columns.map((column) => Uint16Array.from(columnOf(table, column.column), binner(column)));
  const dependent = dependentPairs(columns, bins);
  if (dependent.length === 0) return null;
  const rows = Uint32Array.from({ length: table.rows }, (_, i) => i);
  const learn = (some: Uint32Array) =>
    dependent.map(({ one, other }) => ({ one, other, rarity: rarityOf(columns, bins, { one, other }, some) }));
  const scores = innerFolds({ declaration, table }, seed).flatMap(({ learned, held }) => {
    const pairs = learn(learned);
    return Array.from(held, (row) => rarest(pairs, columns, (column) => bins[column]?.[row] as number).rarity);
  });
  if (scores.length < FEWEST_ROWS) return null;
  const rank = Math.max(1, Math.floor(RARE * (scores.length + 1)));
  const threshold = Math.max(LEAST_RARITY, scores.toSorted((a, b) => b - a)[rank - 1] as number);
  return { columns, pairs: learn(rows), threshold };
}

/**
 * A function from a table of features to two columns of each row, by their names, whose values are rare together: those whose
 * values are so most, or null where none are.
 */
export function rarePairFinder({
  columns,
  pairs,
  threshold,
}: RarePairs): (table: Table) => ([string, string] | null)[] {
  const finders = columns.map(binner);
  return (table) => {
    const bins = columns.map(({ column }, j) => columnOf(table, column).map(finders[j] as (value: number) => number));
    return Array.from({ length: table.rows }, (_, row) => {
      const { rarity, pair } = rarest(pairs, columns, (column) => bins[column]?.[row] as number);
      if (!pair || rarity <= threshold) return null;
      return [columns[pair.one]?.column as string, columns[pair.other]?.column as string];
    });
  };
}

type Pair = RarePairs['pairs'][number];

/** The rarest of a row's pairs. */
function rarest(
  pairs: readonly Pair[],
  columns: readonly ColumnBins[],
  binOf: (column: number) => number,
): { readonly rarity: number; readonly pair: Pair | undefined } {
  let rarity = -Infinity;
  let pair: Pair | undefined;
  for (const each of pairs) {
    const size = columns[each.other]?.bins as number;
    const value = each.rarity[binOf(each.one) * size + binOf(each.other)] as number;
    if (value > rarity) [rarity, pair] = [value, each];
  }
  return { rarity, pair };
}

/** Two columns, by their places. */
interface Places {
  readonly one: number;
  readonly other: number;
}

/** The pairs that depend on each other, most of all first: by the G-test (Sokal and Rohlf 1981). */
function dependentPairs(columns: readonly ColumnBins[], bins: readonly Uint16Array[]): Places[] {
  const found: (Places & { readonly excess: number })[] = [];
  const rows = Uint32Array.from({ length: bins[0]?.length ?? 0 }, (_, i) => i);
  for (let one = 0; one < columns.length; one++) {
    for (let other = one + 1; other < columns.length; other++) {
      const { counts, first, second } = countTogether(columns, bins, { one, other }, rows);
      let g = 0;
      for (const [a, m] of first.entries()) {
        for (const [b, n] of second.entries()) {
          const count = counts[a * second.length + b] as number;
          if (count > 0) g += 2 * count * Math.log((count * rows.length) / (m * n));
        }
      }
      const known = (sums: Float64Array) => sums.filter((sum) => sum > 0).length - 1;
      const freedom = known(first) * known(second);
      const excess = g - freedom;
      if (freedom > 0 && excess > CLEAR * Math.sqrt(2 * freedom)) found.push({ one, other, excess });
    }
  }
  return found.sort((a, b) => b.excess - a.excess).slice(0, MOST_PAIRS);
}

/** How many rows each two bins have together, and each bin alone. */
function countTogether(
  columns: readonly ColumnBins[],
  bins: readonly Uint16Array[],
  { one, other }: Places,
  rows: Uint32Array,
) {
  const first = new Float64Array(columns[one]?.bins ?? 0);
  const second = new Float64Array(columns[other]?.bins ?? 0);
  const counts = new Float64Array(first.length * second.length);
  const [ofOne, ofOther] = [bins[one] as Uint16Array, bins[other] as Uint16Array];
  for (const row of rows) {
    const [a, b] = [ofOne[row] as number, ofOther[row] as number];
    first[a] = (first[a] as number) + 1;
    second[b] = (second[b] as number) + 1;
    counts[a * second.length + b] = (counts[a * second.length + b] as number) + 1;
  }
  return { counts, first, second };
}

/** How rare each two bins are together, with those near them: neighbours of a number count as it does. */
function rarityOf(
  columns: readonly ColumnBins[],
  bins: readonly Uint16Array[],
  places: Places,
  rows: Uint32Array,
): Float32Array {
  const { counts, first, second } = countTogether(columns, bins, places, rows);
  const [one, other] = [columns[places.one] as ColumnBins, columns[places.other] as ColumnBins];
  const rarity = new Float32Array(counts.length);
  const sum = (values: Float64Array, some: readonly number[]) =>
    some.reduce((total, at) => total + (values[at] as number), 0);
  const nearOther = Array.from(second, (_, b) => nearBins(other, b));
  for (let a = 0; a < first.length; a++) {
    const nearOne = nearBins(one, a);
    for (let b = 0; b < second.length; b++) {
      const near = nearOther[b] as number[];
      const expected = (sum(first, nearOne) * sum(second, near)) / rows.length;
      const there = nearOne.reduce(
        (total, at) =>
          total +
          sum(
            counts,
            near.map((bin) => at * second.length + bin),
          ),
        0,
      );
      rarity[a * second.length + b] = Math.log((expected + HALF) / (there + HALF));
    }
  }
  return rarity;
}

// The values of a column as a few bins, so that those of two columns can be counted together.

import { upperBound } from '../core/binary-search.ts';
import type { FeatureColumn } from '../data/declaration.ts';
import { kindOf } from '../data/kinds/index.ts';

/** How a column's values become bins: plain data. The last bin is that of missing values. */
export type ColumnBins = {
  readonly column: string;
  readonly bins: number;
} & (
  | /** Numbers or dates, of which each bin has about as many; bins beside each other are neighbours. */ {
      readonly kind: 'ordered';
      readonly cuts: readonly number[];
    }
  | /** Levels, of which the frequent ones have bins of their own; one bin is that of all others. */ {
      readonly kind: 'levels';
      readonly frequent: readonly number[];
    }
);

const NUMBER_BINS = 10;
const LEVEL_BINS = 32;
/** Five values, yes or no among them, and that of missing ones. */
const FEW_BINS = 6;

export function columnBins(column: FeatureColumn, values: Float64Array): ColumnBins {
  const { name } = column;
  const known = values.filter((value) => !Number.isNaN(value));
  if (kindOf(column).levels) {
    const counts = new Map<number, number>();
    for (const code of known) counts.set(code, (counts.get(code) ?? 0) + 1);
    const frequent = [...counts].sort(([a, m], [b, n]) => n - m || a - b).slice(0, LEVEL_BINS);
    return { column: name, kind: 'levels', frequent: frequent.map(([code]) => code), bins: frequent.length + 2 };
  }
  const sorted = known.toSorted();
  const cuts = new Set<number>();
  for (let k = 1; k < NUMBER_BINS && sorted.length > 0; k++) {
    const cut = sorted[Math.floor((k * sorted.length) / NUMBER_BINS)] as number;
    if (cut > (sorted[0] as number)) cuts.add(cut);
  }
  return { column: name, kind: 'ordered', cuts: [...cuts], bins: cuts.size + 2 };
}

/** A function from a value to its bin; made once, since it serves every request. */
export function binner(bins: ColumnBins): (value: number) => number {
  const missing = bins.bins - 1;
  if (bins.kind === 'levels') {
    const places = new Map(bins.frequent.map((code, place) => [code, place]));
    return (code) => (Number.isNaN(code) ? missing : (places.get(code) ?? missing - 1));
  }
  const cuts = Float64Array.from(bins.cuts);
  return (value) => (Number.isNaN(value) ? missing : upperBound(cuts, value));
}

/** The bins near a bin: itself, and of numbers those beside it, unless they are so few that each says something of its own. */
export function nearBins({ kind, bins }: ColumnBins, bin: number): number[] {
  if (kind === 'levels' || bins <= FEW_BINS || bin === bins - 1) return [bin];
  return [bin - 1, bin, bin + 1].filter((near) => near >= 0 && near < bins - 1);
}

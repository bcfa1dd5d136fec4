import type { Binned } from './bundles.ts';

/** How many columns a pack has at most. */
export const PACKED = 8;

/** The bins of several columns in one, as the reference makes a histogram of them. */
export interface SharedBins {
  readonly bins: Uint16Array;
  readonly binCount: number;
  /** Of a pack: for each of its bins, a bit for each column that has bin 1 there. */
  readonly patterns?: Uint8Array;
  /** Of a bundle: where the bins of each column but its bin 0 start, and where the last ones end; bin 0 of all is the last. */
  readonly starts?: readonly number[];
}

/** A pack of columns of two bins: each of its bins is a pattern of theirs that some row has. */
export function pack(columns: readonly Binned[]): SharedBins {
  const patternOf = Uint8Array.from(columns[0]!.bins, (_, row) =>
    columns.reduce((pattern, { bins }, at) => pattern | (bins[row]! << at), 0),
  );
  const patterns = Uint8Array.from(new Set(patternOf)).sort();
  const bins = Uint16Array.from(patternOf, (pattern) => patterns.indexOf(pattern));
  return { bins, binCount: patterns.length, patterns };
}

/** The columns of a bundle: no two of them are out of bin 0 in one row. */
export function bundle(columns: readonly Binned[]): SharedBins {
  const starts = [0];
  for (const { binCount } of columns) starts.push(starts.at(-1)! + binCount - 1);
  const last = starts.at(-1)!;
  const bins = new Uint16Array(columns[0]!.bins.length).fill(last);
  columns.forEach((column, at) => {
    for (let row = 0; row < bins.length; row++)
      if (column.bins[row]! > 0) bins[row] = starts[at]! + column.bins[row]! - 1;
  });
  return { bins, binCount: last + 1, starts };
}

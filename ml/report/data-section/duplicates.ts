import { lowerBound } from '../../core/binary-search.ts';
import { RowHash } from '../../core/row-hash.ts';
import { columnOf, sliceRows, type Table } from '../../data/table.ts';

export interface Duplicates {
  /** How many rows are like an earlier one in every column that was compared. */
  readonly repeated: number;
  /** How many of the held-out rows are like one that was learned from. */
  readonly across: number;
}

/** Rows that are the same in the given columns. */
export function duplicatesOf(learned: Table, held: Table, columns: readonly string[]): Duplicates {
  const [ofLearned, ofHeld] = [hashesOf(learned, columns).sort(), hashesOf(held, columns).sort()];
  const isAmongLearned = (hash: number) => ofLearned[lowerBound(ofLearned, hash)] === hash;
  const across = ofHeld.filter(isAmongLearned);
  const distinctAcross = across.length - repeatsIn(across);
  return { repeated: repeatsIn(ofLearned) + repeatsIn(ofHeld) + distinctAcross, across: across.length };
}

/** How many hashes are like the one before. */
const repeatsIn = (sorted: Float64Array): number =>
  sorted.reduce((count, hash, i) => count + Number(i > 0 && hash === sorted[i - 1]), 0);

/** Rows are hashed so many at a time: all columns of all rows are more than memory should hold twice. */
const BLOCK = 65_536;

function hashesOf(table: Table, names: readonly string[]): Float64Array {
  const hash = new RowHash();
  const hashes = new Float64Array(table.rows);
  for (let start = 0; start < table.rows; start += BLOCK) {
    const block = sliceRows(table, start, start + BLOCK);
    const columns = names.map((name) => columnOf(block, name));
    for (let row = 0; row < block.rows; row++) {
      for (const values of columns) hash.addNumber(values[row] as number);
      hashes[start + row] = hash.take();
    }
  }
  return hashes;
}

import { type LeafOptions, valuesOf } from './leaves.ts';

/**
 * A model of the first rows in an order. The leaves of its trees are estimated from the rows of the `body`; those of the
 * tail, from there to before `end`, have no part in it, and show how well it does.
 */
export interface Prefix {
  readonly body: number;
  readonly end: number;
  /** For each row of the prefix. */
  readonly approx: Float64Array;
  /** For each row of the prefix, its target less `approx`. */
  readonly residuals: Float64Array;
}

/**
 * Prefixes, each twice as long as the one before, so that all of them together cost no more than a few models.
 *
 * Source: Prokhorenkova et al. 2018, section 4.2 and appendix B; CatBoost 1.2, `fold_len_multiplier` 2.
 */
export function prefixesOf(rows: number, start: number): Prefix[] {
  const prefixes: Prefix[] = [];
  let body = rows > 500 ? Math.min(100, Math.floor(rows / 50)) : 1;
  do {
    const end = Math.min(2 * body, rows);
    prefixes.push({ body, end, approx: new Float64Array(rows).fill(start), residuals: new Float64Array(rows) });
    body = end;
  } while (body < rows);
  return prefixes;
}

/** Adds a tree to a prefix, and returns its leaves' values: they are estimated from the rows of the body alone. */
export function addTree(
  { body, end, approx, residuals }: Prefix,
  order: Uint32Array,
  leafOf: Uint16Array,
  leaves: number,
  fitting: LeafOptions,
): Float64Array<ArrayBuffer> {
  const sums = new Float64Array(leaves);
  const counts = new Float64Array(leaves);
  for (let at = 0; at < body; at++) {
    const row = order[at]!;
    sums[leafOf[row]!]! += residuals[row]!;
    counts[leafOf[row]!]! += 1;
  }
  const values = valuesOf(sums, counts, fitting);
  for (let at = 0; at < end; at++) approx[order[at]!]! += values[leafOf[order[at]!]!]!;
  return values;
}

import type { LeafOptions } from './leaves.ts';

/**
 * The rows up to some place in an order, and what the trees so far predict for them. Rows of the `body` are what the trees'
 * leaves were estimated from; each of the tail, up to `end`, was predicted by rows no later than itself.
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

/**
 * Adds a tree to a prefix. A leaf's value is estimated from the rows of the body; on the way through the tail each row
 * joins its leaf, and gets the value that the leaf then has.
 */
export function addTree(
  { body, end, approx, residuals }: Prefix,
  order: Uint32Array,
  leafOf: Uint16Array,
  leaves: number,
  { l2, learningRate, leafIterations }: LeafOptions,
): void {
  const delta = new Float64Array(order.length);
  const sums = new Float64Array(leaves);
  const counts = new Float64Array(leaves);
  for (let iteration = 0; iteration < leafIterations; iteration++) {
    sums.fill(0);
    counts.fill(0);
    for (let at = 0; at < body; at++) {
      const row = order[at]!;
      sums[leafOf[row]!]! += residuals[row]! - delta[row]!;
      counts[leafOf[row]!]! += 1;
    }
    for (let at = 0; at < end; at++) {
      const row = order[at]!;
      const leaf = leafOf[row]!;
      if (at >= body) {
        sums[leaf]! += residuals[row]! - delta[row]!;
        counts[leaf]! += 1;
      }
      delta[row]! += sums[leaf]! / (counts[leaf]! + l2);
    }
  }
  for (let at = 0; at < end; at++) approx[order[at]!]! += learningRate * delta[order[at]!]!;
}

import { plainGramOf } from '../linear/gram.ts';
import { type Design, sampleOf } from './design.ts';

/** With more dense columns than this, they are worth multiplying in panels. */
const FEW = 24;

/**
 * The inner products of the columns of a design and of a 1, each row's by its weight: of the rows that are sampled.
 *
 * @param rows those that are sampled
 * @param weights one for each of them
 * @returns (columns + 1) × (columns + 1), by place, symmetric; the products with 1 come last
 */
export function weightedProducts(design: Design, rows: Uint32Array, weights: Float64Array): Float64Array {
  if (design.denseCount <= FEW) return productsOfEntries(design, rows, weights);
  const x = sampleOf(design);
  // The target's column is that of the 1.
  return plainGramOf({ x, y: new Float64Array(x.rows).fill(1), weights }, false).products;
}

/** Row by row, of what is not 0: a row of categories has few such entries. */
function productsOfEntries(
  { columns, denseCount, dense, starts, places, entries }: Design,
  rows: Uint32Array,
  weights: Float64Array,
): Float64Array {
  const stride = columns + 1;
  const products = new Float64Array(stride * stride);
  const ones = columns * stride;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const weight = weights[i]!;
    const first = row * denseCount;
    const end = starts[row + 1]!;
    for (let j = 0; j < denseCount; j++) {
      const value = weight * dense[first + j]!;
      for (let k = 0; k <= j; k++) products[j * stride + k]! += value * dense[first + k]!;
      products[ones + j]! += value;
    }
    for (let e = starts[row]!; e < end; e++) {
      const value = weight * entries[e]!;
      const at = places[e]! * stride;
      for (let k = 0; k < denseCount; k++) products[at + k]! += value * dense[first + k]!;
      for (let f = starts[row]!; f <= e; f++) products[at + places[f]!]! += value * entries[f]!;
      products[ones + places[e]!]! += value;
    }
    products[ones + columns]! += weight;
  }
  for (let j = 0; j < stride; j++) for (let k = 0; k < j; k++) products[k * stride + j] = products[j * stride + k]!;
  return products;
}

import type { Design } from './design.ts';
import { panelsOf } from './panels.ts';

/** With more dense columns than this, they are worth multiplying in panels. */
const FEW = 24;

/** Some rows, each with its weight, and some places, ascending; that of a 1 is past all columns. */
interface Factors {
  readonly rows: Uint32Array;
  readonly weights: Float64Array;
  readonly places: Uint32Array;
}

/**
 * The inner products of columns of a design and of a 1, each row's by its weight: of the rows that are sampled.
 *
 * @param rows those that are sampled
 * @param weights one for each of them
 * @param places of the columns; that of the 1 is past all others. @default all
 * @returns places × places, symmetric
 */
export function weightedProducts(
  design: Design,
  rows: Uint32Array,
  weights: Float64Array,
  places: Uint32Array = Uint32Array.from({ length: design.columns + 1 }, (_, place) => place),
): Float64Array {
  const size = places.length;
  const products = new Float64Array(size * size);
  const { columns, denseCount } = design;
  const dense = places.reduce((count, place) => count + Number(place < denseCount), 0);
  const factors = { rows, weights, places };
  if (dense > FEW) addPanels(design, factors, dense, products);
  else addDense(design, factors, dense, products);
  if (columns > denseCount) addEntries(design, factors, dense, products);
  for (let j = 0; j < size; j++) for (let k = 0; k < j; k++) products[k * size + j] = products[j * size + k]!;
  return products;
}

/** Whether the 1 is among places, which comes last then. */
const hasOnes = (places: Uint32Array, columns: number) => places.at(-1) === columns;

/** Of the dense columns and the 1 with each other, in panels of rows. */
function addPanels(design: Design, { rows, weights, places }: Factors, dense: number, products: Float64Array): void {
  const size = places.length;
  const withOnes = hasOnes(places, design.columns);
  const columns = new Uint32Array(dense + Number(withOnes));
  columns.set(places.subarray(0, dense));
  if (withOnes) columns[dense] = design.denseCount;
  const productOf = panelsOf(design).squaresBy(rows, weights, columns);
  for (let j = 0; j < columns.length; j++) {
    const to = (j < dense ? j : size - 1) * size;
    for (let k = 0; k < Math.min(j + 1, dense); k++) products[to + k] = productOf(j, k);
  }
  if (withOnes) products[size * size - 1] = productOf(dense, dense);
}

/** The same row by row. */
function addDense(design: Design, { rows, weights, places }: Factors, count: number, products: Float64Array): void {
  const { columns, denseCount, dense } = design;
  const size = places.length;
  const ones = hasOnes(places, columns) ? (size - 1) * size : -1;
  for (let i = 0; i < rows.length; i++) {
    const first = rows[i]! * denseCount;
    const weight = weights[i]!;
    for (let j = 0; j < count; j++) {
      const value = weight * dense[first + places[j]!]!;
      for (let k = 0; k <= j; k++) products[j * size + k]! += value * dense[first + places[k]!]!;
      if (ones >= 0) products[ones + j]! += value;
    }
    if (ones >= 0) products[ones + size - 1]! += weight;
  }
}

/** Of the entries that are not 0 with all before them and with the 1: a row of categories has few. */
function addEntries(design: Design, { rows, weights, places }: Factors, count: number, products: Float64Array): void {
  const { columns, denseCount, dense, starts, entries } = design;
  const size = places.length;
  const ones = hasOnes(places, columns) ? (size - 1) * size : -1;
  const indexOf = new Int32Array(columns + 1).fill(-1);
  for (let j = 0; j < size; j++) indexOf[places[j]!] = j;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const first = row * denseCount;
    for (let e = starts[row]!; e < starts[row + 1]!; e++) {
      const j = indexOf[design.places[e]!]!;
      if (j < 0) continue;
      const value = weights[i]! * entries[e]!;
      for (let k = 0; k < count; k++) products[j * size + k]! += value * dense[first + places[k]!]!;
      for (let f = starts[row]!; f <= e; f++) {
        const k = indexOf[design.places[f]!]!;
        if (k >= 0) products[j * size + k]! += value * entries[f]!;
      }
      if (ones >= 0) products[ones + j]! += value;
    }
  }
}

import { Derived } from '../../core/derived.ts';
import type { Matrix } from '../../core/matrix.ts';
import { largestSize, unitOf } from '../../core/moments.ts';

/** The inner products of the columns of x, and of y as one more column, with each other: each row’s by its weight. */
export interface Gram {
  /** Columns of x; y comes after them. */
  readonly columns: number;
  /** Row-major and symmetric: that of columns j and k is `products[j * stride + k]`. */
  readonly products: Float64Array;
  readonly stride: number;
  /** Of every column of x, and of y: what was taken from it beforehand; 0 where nothing was. */
  readonly means: Float64Array;
  /** What x and y were multiplied by beforehand, each a power of two; 1 but where squares would overflow or vanish. */
  readonly xUnit: number;
  readonly yUnit: number;
}

const SMALLEST = 1e-200;
const LARGEST = 1e304;

/** Rows to multiply, of which all count: a weight is above 0, and none far above 1. */
export interface GramRows {
  readonly x: Matrix;
  readonly y: Float64Array;
  /** @default 1 each */
  readonly weights?: Float64Array | undefined;
}

// Fits that are tried with other penalties have the same.
const grams = new Derived<Matrix, Gram>();

/**
 * The Gram matrix of x and y; of their distances from the means where `centred`.
 *
 * A column that is mostly 0, as those of categories are, is multiplied as it is, only where it is not 0, and centred
 * afterwards: at least half of its sum of squares is left then (by Cauchy and Schwarz), so that no digits are lost. Any
 * other might lose some, and is centred beforehand.
 */
export function gramOf(rows: GramRows, centred: boolean): Gram {
  return grams.of(rows.x, [rows.y, rows.weights, centred], () => scaledGramOf(rows, centred));
}

function scaledGramOf({ x, y, weights }: GramRows, centred: boolean): Gram {
  const gram = plainGramOf({ x, y, weights }, centred);
  const { columns, products, stride } = gram;
  let largest = 0;
  for (let j = 0; j < columns; j++) largest = Math.max(largest, products[j * stride + j]!);
  const xUnit = columns === 0 || isSafe(largest) ? 1 : unitOf(largestSize(x.data));
  const yUnit = isSafe(products[columns * stride + columns]!) ? 1 : unitOf(largestSize(y));
  if (xUnit === 1 && yUnit === 1) return gram;
  const scale = (values: Float64Array, unit: number) => (unit === 1 ? values : values.map((value) => value * unit));
  const scaled = plainGramOf({ x: { ...x, data: scale(x.data, xUnit) }, y: scale(y, yUnit), weights }, centred);
  const means = scaled.means.map((mean, j) => mean / (j < columns ? xUnit : yUnit));
  return { ...scaled, means, xUnit, yUnit };
}

/** The first column that varies, and vanishes beside the largest ones; −1 where none does. */
export function vanishingColumn(x: Matrix, { columns, products, stride, xUnit }: Gram): number {
  if (xUnit >= 1) return -1;
  for (let j = 0; j < columns; j++) {
    if (products[j * stride + j]! > 0) continue;
    for (let at = j; at < x.data.length; at += columns) if (x.data[at] !== x.data[j]) return j;
  }
  return -1;
}

/** A penalty in the units of a Gram matrix; more than enough to leave nothing, but no infinity. */
export function inUnits(penalty: number, unit: number, other: number): number {
  return Math.min(penalty * unit * other, 1e300);
}

/** Whether a largest sum of squares is safe from overflow, and from having lost digits; NaN is not. */
function isSafe(squares: number): boolean {
  return squares >= SMALLEST && squares <= LARGEST;
}

/** The same, of x and y as they are. */
export function plainGramOf({ x, y, weights }: GramRows, centred: boolean): Gram {
  const stride = x.columns + 1;
  const products = new Float64Array(stride * stride);
  const { means, dense, sparse, total } = survey(x, y, weights);
  if (!centred) means.fill(0);
  const roots = weights?.map(Math.sqrt);
  const scaled = roots ? multiplyRows(x, roots) : x;
  const panel = new Panel(dense, means, roots);
  for (let start = 0; start < x.rows; start += PANEL) {
    panel.fill(x, y, start);
    panel.addProducts(products, stride);
    addSparseProducts(products, scaled, sparse, panel);
  }
  for (const j of sparse) {
    // Of the product with a dense column nothing is left to take, since that one's mean is 0 by now.
    for (const k of sparse) if (k <= j) products[j * stride + k]! -= total * means[j]! * means[k]!;
  }
  // One of two columns' places holds their product, and the other one 0.
  for (let j = 0; j < stride; j++) {
    for (let k = 0; k < j; k++) {
      const product = products[j * stride + k]! + products[k * stride + j]!;
      products[j * stride + k] = products[k * stride + j] = product;
    }
  }
  return { columns: x.columns, products, stride, means, xUnit: 1, yUnit: 1 };
}

/** Each row times its factor. */
function multiplyRows(x: Matrix, factors: Float64Array): Matrix {
  const data = x.data.slice();
  for (let i = 0, at = 0; i < x.rows; i++) {
    const factor = factors[i]!;
    for (let j = 0; j < x.columns; j++, at++) data[at]! *= factor;
  }
  return { ...x, data };
}

/** Every column's mean, and which columns are other than 0 in at most half of the rows, by weight; y is a dense one. */
function survey({ rows, columns, data }: Matrix, y: Float64Array, weights: Float64Array | undefined) {
  const means = new Float64Array(columns + 1);
  const filled = new Float64Array(columns);
  let total = 0;
  // Counted from the first row, so that a constant column's mean is its value, not its rounding.
  for (let i = 0, at = 0; i < rows; i++) {
    const weight = weights ? weights[i]! : 1;
    total += weight;
    for (let j = 0; j < columns; j++, at++) {
      const value = data[at]!;
      means[j]! += weight * (value - data[j]!);
      if (value !== 0) filled[j]! += weight;
    }
    means[columns]! += weight * (y[i]! - y[0]!);
  }
  for (let j = 0; j <= columns; j++) means[j] = (j < columns ? data[j]! : y[0]!) + means[j]! / total;
  const all = Uint32Array.from({ length: columns + 1 }, (_, j) => j);
  const isSparse = (j: number) => j < columns && 2 * filled[j]! <= total;
  return { means, sparse: all.filter(isSparse), dense: all.filter((j) => !isSparse(j)), total };
}

// Rows that are taken at once: few enough to stay in the cache while every two columns are multiplied.
const PANEL = 256;

/** The dense columns of some rows, centred and times the rows' factors, one column after another. */
class Panel {
  readonly columns: Uint32Array;
  /** Row i of its column d is `values[d * PANEL + i]`. Columns go in pairs: an odd one's partner is 0. */
  readonly values: Float64Array;
  start = 0;
  rows = 0;
  readonly #means: Float64Array;
  readonly #factors: Float64Array | undefined;

  constructor(columns: Uint32Array, means: Float64Array, factors: Float64Array | undefined) {
    this.columns = columns;
    this.values = new Float64Array((columns.length + (columns.length % 2)) * PANEL);
    this.#means = means;
    this.#factors = factors;
  }

  fill(x: Matrix, y: Float64Array, start: number): void {
    const { columns, values } = this;
    this.start = start;
    this.rows = Math.min(PANEL, x.rows - start);
    const target = columns.length - 1;
    for (let d = 0; d < target; d++) {
      const mean = this.#means[columns[d]!]!;
      let at = start * x.columns + columns[d]!;
      for (let i = 0; i < this.rows; i++, at += x.columns) values[d * PANEL + i] = x.data[at]! - mean;
    }
    const mean = this.#means[x.columns]!;
    for (let i = 0; i < this.rows; i++) values[target * PANEL + i] = y[start + i]! - mean;
    if (this.#factors) this.#multiplyRows(this.#factors);
  }

  #multiplyRows(factors: Float64Array): void {
    const { columns, values, start } = this;
    for (let d = 0; d < columns.length; d++) {
      for (let i = 0; i < this.rows; i++) values[d * PANEL + i]! *= factors[start + i]!;
    }
  }

  /** Adds the products of every two of its columns, at the place of the later one and the earlier one. */
  addProducts(products: Float64Array, stride: number): void {
    const { columns } = this;
    for (let j = 0; j < columns.length; j += 2) {
      for (let k = 0; k <= j; k += 2) {
        const [ac, ad, bc, bd] = this.#fourProducts(j, k);
        const [rowA, rowB] = [columns[j]! * stride, (columns[j + 1] ?? 0) * stride];
        products[rowA + columns[k]!]! += ac;
        if (k < j) products[rowA + columns[k + 1]!]! += ad;
        if (j + 1 === columns.length) continue;
        products[rowB + columns[k]!]! += bc;
        products[rowB + columns[k + 1]!]! += bd;
      }
    }
  }

  /** Of columns j and j + 1 with k and k + 1: each value that is read serves two products. */
  #fourProducts(j: number, k: number): readonly [number, number, number, number] {
    const { values } = this;
    const [a, b, c, d] = [j * PANEL, (j + 1) * PANEL, k * PANEL, (k + 1) * PANEL];
    let [ac, ad, bc, bd] = [0, 0, 0, 0];
    for (let i = 0; i < this.rows; i++) {
      const inA = values[a + i]!;
      const inB = values[b + i]!;
      const inC = values[c + i]!;
      const inD = values[d + i]!;
      ac += inA * inC;
      ad += inA * inD;
      bc += inB * inC;
      bd += inB * inD;
    }
    return [ac, ad, bc, bd];
  }
}

/** Adds the products of the sparse columns with each other, the later one first, and with the panel's. */
function addSparseProducts(products: Float64Array, x: Matrix, sparse: Uint32Array, panel: Panel): void {
  const { columns, data } = x;
  const stride = columns + 1;
  const dense = panel.columns;
  const filled = new Uint32Array(sparse.length);
  for (let i = 0; i < panel.rows; i++) {
    const row = (panel.start + i) * columns;
    let count = 0;
    for (let s = 0; s < sparse.length; s++) {
      const j = sparse[s]!;
      const value = data[row + j]!;
      if (value === 0) continue;
      filled[count++] = j;
      for (let other = 0; other < count; other++) {
        const k = filled[other]!;
        products[j * stride + k]! += value * data[row + k]!;
      }
      for (let d = 0; d < dense.length; d++) products[j * stride + dense[d]!]! += value * panel.values[d * PANEL + i]!;
    }
  }
}

import { Derived } from '../../core/derived.ts';
import { copyColumn, eachBlock, type Matrix } from '../../core/matrix.ts';
import { isConstant, largestSize, unitOf } from '../../core/moments.ts';

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
  const xUnit = columns === 0 || isSafe(largest) ? 1 : unitOf(largestIn(x));
  const yUnit = isSafe(products[columns * stride + columns]!) ? 1 : unitOf(largestSize(y));
  if (xUnit === 1 && yUnit === 1) return gram;
  const scaled = plainGramOf({ x, y: yUnit === 1 ? y : y.map((value) => value * yUnit), weights }, centred, xUnit);
  const means = scaled.means.map((mean, j) => mean / (j < columns ? xUnit : yUnit));
  return { ...scaled, means, xUnit, yUnit };
}

/** The largest absolute value of a matrix. */
function largestIn(x: Matrix): number {
  let largest = 0;
  eachBlock(x, (data, at, _, count) => {
    largest = Math.max(largest, largestSize(data.subarray(at, at + count * x.columns)));
  });
  return largest;
}

/** The first column that varies, and vanishes beside the largest ones; −1 where none does. */
export function vanishingColumn(x: Matrix, { columns, products, stride, xUnit }: Gram): number {
  if (xUnit >= 1) return -1;
  for (let j = 0; j < columns; j++) {
    if (products[j * stride + j]! > 0) continue;
    if (!isConstant(copyColumn(x, j, new Float64Array(x.rows)))) return j;
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

/** The same, of x times a unit and y as it is. */
export function plainGramOf({ x, y, weights }: GramRows, centred: boolean, unit = 1): Gram {
  const stride = x.columns + 1;
  const products = new Float64Array(stride * stride);
  const { means, dense, sparse, total } = survey({ x, y, weights }, unit);
  if (!centred) means.fill(0);
  const factors = weights?.map(Math.sqrt);
  const panel = new Panel(dense, means, factors);
  eachPanel(x, unit, (rows) => {
    panel.fill(rows, y);
    panel.addProducts(products, stride);
    addSparseProducts(products, rows, { sparse, panel, factors });
  });
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

// Rows that are taken at once: few enough to stay in the cache while every two columns are multiplied.
const PANEL = 256;

/** Some rows of x. */
interface PanelRows {
  /** Row-major, from place `at` on. */
  readonly data: Float64Array;
  readonly at: number;
  readonly columns: number;
  /** The number of the first one, and how many there are. */
  readonly first: number;
  readonly count: number;
}

/** Visits the rows of x times a unit, whether their numbers lie in memory or not. */
function eachPanel(x: Matrix, unit: number, visit: (rows: PanelRows) => void): void {
  const { columns } = x;
  const room = unit === 1 ? undefined : new Float64Array(PANEL * columns);
  eachBlock(
    x,
    (data, at, first, count) => {
      for (let k = 0; room && k < count * columns; k++) room[k] = data[at + k]! * unit;
      visit({ data: room ?? data, at: room ? 0 : at, columns, first, count });
    },
    PANEL,
  );
}

/** Every column's mean, and which columns are other than 0 in at most half of the rows, by weight; y is a dense one. */
function survey({ x, y, weights }: GramRows, unit: number) {
  const { columns } = x;
  const means = new Float64Array(columns + 1);
  const filled = new Float64Array(columns);
  const origin = new Float64Array(columns);
  let total = 0;
  // Counted from the first row, so that a constant column's mean is its value, not its rounding.
  eachPanel(x, unit, ({ data, at: start, first, count }) => {
    if (first === 0) origin.set(data.subarray(start, start + columns));
    for (let i = first, at = start; i < first + count; i++) {
      const weight = weights ? weights[i]! : 1;
      total += weight;
      for (let j = 0; j < columns; j++, at++) {
        const value = data[at]!;
        means[j]! += weight * (value - origin[j]!);
        if (value !== 0) filled[j]! += weight;
      }
      means[columns]! += weight * (y[i]! - y[0]!);
    }
  });
  for (let j = 0; j <= columns; j++) means[j] = (j < columns ? origin[j]! : y[0]!) + means[j]! / total;
  const all = Uint32Array.from({ length: columns + 1 }, (_, j) => j);
  const isSparse = (j: number) => j < columns && 2 * filled[j]! <= total;
  return { means, sparse: all.filter(isSparse), dense: all.filter((j) => !isSparse(j)), total };
}

/** The dense columns of some rows, centred and times the rows' factors, one column after another. */
class Panel {
  readonly columns: Uint32Array;
  /** Row i of its column d is `values[d * PANEL + i]`. Columns go in pairs: an odd one's partner is 0. */
  readonly values: Float64Array;
  #rows = 0;
  readonly #means: Float64Array;
  readonly #factors: Float64Array | undefined;

  constructor(columns: Uint32Array, means: Float64Array, factors: Float64Array | undefined) {
    this.columns = columns;
    this.values = new Float64Array((columns.length + (columns.length % 2)) * PANEL);
    this.#means = means;
    this.#factors = factors;
  }

  fill({ data, at: start, columns: width, first, count }: PanelRows, y: Float64Array): void {
    const { columns, values } = this;
    this.#rows = count;
    const target = columns.length - 1;
    for (let d = 0; d < target; d++) {
      const mean = this.#means[columns[d]!]!;
      let at = start + columns[d]!;
      for (let i = 0; i < count; i++, at += width) values[d * PANEL + i] = data[at]! - mean;
    }
    const mean = this.#means[width]!;
    for (let i = 0; i < count; i++) values[target * PANEL + i] = y[first + i]! - mean;
    if (this.#factors) this.#multiplyRows(this.#factors, first);
  }

  #multiplyRows(factors: Float64Array, first: number): void {
    const { columns, values } = this;
    for (let d = 0; d < columns.length; d++) {
      for (let i = 0; i < this.#rows; i++) values[d * PANEL + i]! *= factors[first + i]!;
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
    for (let i = 0; i < this.#rows; i++) {
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

/** What some rows are multiplied with, and by. */
interface SparseOptions {
  readonly sparse: Uint32Array;
  /** The dense columns of the same rows. */
  readonly panel: Panel;
  /** Of all rows. @default 1 each */
  readonly factors: Float64Array | undefined;
}

/** Adds the products of the sparse columns with each other, the later one first, and with the panel's. */
function addSparseProducts(
  products: Float64Array,
  { data, at, columns, first, count: rows }: PanelRows,
  { sparse, panel, factors }: SparseOptions,
): void {
  const stride = columns + 1;
  const dense = panel.columns;
  const filled = new Uint32Array(sparse.length);
  const values = new Float64Array(sparse.length);
  for (let i = 0; i < rows; i++) {
    const row = at + i * columns;
    const factor = factors ? factors[first + i]! : 1;
    let count = 0;
    for (let s = 0; s < sparse.length; s++) {
      const j = sparse[s]!;
      const value = data[row + j]! * factor;
      if (value === 0) continue;
      filled[count] = j;
      values[count++] = value;
      for (let other = 0; other < count; other++) products[j * stride + filled[other]!]! += value * values[other]!;
      for (let d = 0; d < dense.length; d++) products[j * stride + dense[d]!]! += value * panel.values[d * PANEL + i]!;
    }
  }
}

import type { Matrix } from '../matrix.ts';

/** The inner products of the columns of x, and of y as one more column, with each other. */
export interface Gram {
  /** Columns of x; y comes after them. */
  readonly columns: number;
  /** Row-major and symmetric: that of columns j and k is `products[j * stride + k]`. */
  readonly products: Float64Array;
  readonly stride: number;
  /** Of every column of x, and of y: what was taken from it beforehand; 0 where nothing was. */
  readonly means: Float64Array;
}

// Rows that are taken at once: a panel of them stays in the cache while every pair of its columns is multiplied.
const PANEL = 256;

/** The Gram matrix of `x` (rows × columns) and `y`; of their distances from the means where `centred`. */
export function gramOf(x: Matrix, y: Float64Array, centred: boolean): Gram {
  const means = centred ? meansOf(x, y) : new Float64Array(x.columns + 1);
  // An even number, so that columns go in pairs: an odd one's partner is 0.
  const stride = means.length + (means.length % 2);
  const products = new Float64Array(stride * stride);
  const panel = new Float64Array(stride * PANEL);
  for (let start = 0; start < x.rows; start += PANEL) {
    const count = Math.min(PANEL, x.rows - start);
    fillPanel(panel, x, y, means, start);
    for (let j = 0; j < stride; j += 2) {
      for (let k = 0; k <= j; k += 2) addPairs(products, stride, panel, { j, k, count });
    }
  }
  for (let j = 0; j < stride; j++) {
    for (let k = 0; k < j; k++) products[k * stride + j] = products[j * stride + k]!;
  }
  return { columns: x.columns, products, stride, means };
}

/** Counted from the first row, so that a constant column's mean is its value, not its rounding. */
function meansOf({ rows, columns, data }: Matrix, y: Float64Array): Float64Array {
  const means = new Float64Array(columns + 1);
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++, at++) means[j]! += data[at]! - data[j]!;
    means[columns]! += y[i]! - y[0]!;
  }
  for (let j = 0; j <= columns; j++) means[j] = (j < columns ? data[j]! : y[0]!) + means[j]! / rows;
  return means;
}

/** Up to PANEL centred rows from `start` on, column after column. */
function fillPanel(panel: Float64Array, x: Matrix, y: Float64Array, means: Float64Array, start: number): void {
  const { columns, data } = x;
  const count = Math.min(PANEL, x.rows - start);
  for (let i = 0, at = start * columns; i < count; i++) {
    for (let j = 0; j < columns; j++, at++) panel[j * PANEL + i] = data[at]! - means[j]!;
    panel[columns * PANEL + i] = y[start + i]! - means[columns]!;
  }
}

/** Two columns by two: each value that is read serves two products, and nothing is written until the end. */
function addPairs(
  products: Float64Array,
  stride: number,
  panel: Float64Array,
  { j, k, count }: { j: number; k: number; count: number },
): void {
  const [a, b, c, d] = [j * PANEL, (j + 1) * PANEL, k * PANEL, (k + 1) * PANEL];
  let [ac, ad, bc, bd] = [0, 0, 0, 0];
  for (let i = 0; i < count; i++) {
    const inA = panel[a + i]!;
    const inB = panel[b + i]!;
    const inC = panel[c + i]!;
    const inD = panel[d + i]!;
    ac += inA * inC;
    ad += inA * inD;
    bc += inB * inC;
    bd += inB * inD;
  }
  const at = j * stride + k;
  products[at]! += ac;
  products[at + 1]! += ad;
  products[at + stride]! += bc;
  products[at + stride + 1]! += bd;
}

import type { Matrix } from '../matrix.ts';

// What is left of a dependent column is rounding: about 1e-16 of its sum of squares, times the rows.
const TOLERANCE = 1e-10;

/**
 * A least-squares problem with as many rows as independent columns, and the coefficients of the
 * whole one: its rows are those of the triangular factor R of the centred columns (X = QR).
 */
export interface TriangularFactor {
  /** The columns of x (in order) that no others add up to; a constant is one that the intercept adds up to. */
  readonly columns: readonly number[];
  /** As many rows as columns. */
  readonly rows: readonly (readonly number[])[];
  readonly targets: readonly number[];
  /** Of every column of x, and of y: what the centred problem leaves to the intercept. */
  readonly means: Float64Array;
  readonly targetMean: number;
}

/**
 * Factors `x` (rows × columns) and `y` by pivoted Cholesky decomposition of their centred Gram
 * matrix, the column with the most left of it first.
 *
 * Source: Golub and Van Loan, Matrix Computations, 4th edition, sections 4.2.8 and 5.3.2.
 */
export function triangularFactor(x: Matrix, y: Float64Array): TriangularFactor {
  const p = x.columns;
  const { gram, means } = centredGram(x, y);
  const at = (j: number, k: number) => gram[j * (p + 1) + k] as number;
  const whole = Float64Array.from({ length: p }, (_, j) => at(j, j));
  const left = whole.slice();
  const factors: Float64Array[] = [];
  const chosen: number[] = [];
  for (;;) {
    let pivot = -1;
    for (let j = 0; j < p; j++) {
      const share = (left[j] as number) / (whole[j] as number);
      const isFree = share > TOLERANCE && !chosen.includes(j);
      if (isFree && (pivot === -1 || (left[j] as number) > (left[pivot] as number))) pivot = j;
    }
    if (pivot === -1) break;
    const root = Math.sqrt(left[pivot] as number);
    const factor = new Float64Array(p + 1);
    for (let j = 0; j <= p; j++) {
      let rest = at(pivot, j);
      for (const earlier of factors) rest -= (earlier[pivot] as number) * (earlier[j] as number);
      factor[j] = rest / root;
      if (j < p) left[j] = (left[j] as number) - (factor[j] as number) ** 2;
    }
    factors.push(factor);
    chosen.push(pivot);
  }
  const columns = chosen.toSorted((a, b) => a - b);
  return {
    columns,
    rows: factors.map((factor) => columns.map((j) => factor[j] as number)),
    targets: factors.map((factor) => factor[p] as number),
    means: means.subarray(0, p),
    targetMean: means[p] as number,
  };
}

/** The products of the centred columns of x, and of y as one more column, with each other. */
function centredGram(x: Matrix, y: Float64Array): { gram: Float64Array; means: Float64Array } {
  const { rows, columns, data } = x;
  const size = columns + 1;
  const valueAt = (i: number, j: number) => (j < columns ? data[i * columns + j] : y[i]) as number;
  // Counted from the first row, so that a constant column is exactly 0 and not its mean's rounding.
  const first = Float64Array.from({ length: size }, (_, j) => valueAt(0, j));
  const shifts = new Float64Array(size);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < size; j++) shifts[j] = (shifts[j] as number) + valueAt(i, j) - (first[j] as number);
  }
  for (let j = 0; j < size; j++) shifts[j] = (shifts[j] as number) / rows;
  const gram = new Float64Array(size * size);
  const centred = new Float64Array(size);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < size; j++) centred[j] = valueAt(i, j) - (first[j] as number) - (shifts[j] as number);
    for (let j = 0; j < size; j++) {
      const value = centred[j] as number;
      for (let k = 0; k <= j; k++) gram[j * size + k] = (gram[j * size + k] as number) + value * (centred[k] as number);
    }
  }
  for (let j = 0; j < size; j++) {
    for (let k = 0; k < j; k++) gram[k * size + j] = gram[j * size + k] as number;
  }
  return { gram, means: first.map((value, j) => value + (shifts[j] as number)) };
}

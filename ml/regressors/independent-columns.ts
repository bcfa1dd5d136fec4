import type { Matrix } from '../matrix.ts';

// What is left of a dependent column is rounding: about 1e-16 of its square, times the rows.
const TOLERANCE = 1e-10;

/**
 * The columns of `x` (in order) that no others add up to, the intercept included: of a full set
 * of one-hot columns one is left out, a constant column always is.
 *
 * By Cholesky decomposition of the centred Gram matrix, the column with the most left of it first.
 * Source: Golub and Van Loan, Matrix Computations, 4th edition, section 4.2.8.
 */
export function independentColumns(x: Matrix): number[] {
  const p = x.columns;
  const gram = centredGram(x);
  const left = Float64Array.from({ length: p }, (_, j) => gram[j * p + j] as number);
  const whole = left.slice();
  const factors: Float64Array[] = [];
  const chosen: number[] = [];
  for (;;) {
    let pivot = -1;
    for (let j = 0; j < p; j++) {
      const share = (left[j] as number) / (whole[j] as number);
      if (share > TOLERANCE && !chosen.includes(j) && (pivot === -1 || (left[j] as number) > (left[pivot] as number)))
        pivot = j;
    }
    if (pivot === -1) return chosen.sort((a, b) => a - b);
    const root = Math.sqrt(left[pivot] as number);
    const factor = new Float64Array(p);
    for (let j = 0; j < p; j++) {
      let rest = gram[pivot * p + j] as number;
      for (const earlier of factors) rest -= (earlier[pivot] as number) * (earlier[j] as number);
      factor[j] = rest / root;
      left[j] = (left[j] as number) - (factor[j] as number) ** 2;
    }
    factors.push(factor);
    chosen.push(pivot);
  }
}

function centredGram({ rows, columns, data }: Matrix): Float64Array {
  // From the first row, so that a constant column is exactly 0 and not its mean's rounding.
  const shifted = (i: number, j: number) => (data[i * columns + j] as number) - (data[j] as number);
  const means = Float64Array.from({ length: columns }, (_, j) => {
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += shifted(i, j);
    return sum / rows;
  });
  const gram = new Float64Array(columns * columns);
  const centred = new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) centred[j] = shifted(i, j) - (means[j] as number);
    for (let j = 0; j < columns; j++) {
      const value = centred[j] as number;
      for (let k = 0; k <= j; k++)
        gram[j * columns + k] = (gram[j * columns + k] as number) + value * (centred[k] as number);
    }
  }
  for (let j = 0; j < columns; j++) {
    for (let k = 0; k < j; k++) gram[k * columns + j] = gram[j * columns + k] as number;
  }
  return gram;
}

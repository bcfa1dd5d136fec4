import { solveCholesky } from '../../core/cholesky.ts';
import { Derived } from '../../core/derived.ts';
import { eachBlock, type Matrix } from '../../core/matrix.ts';
import { meanOf } from '../../core/moments.ts';
import type { Gram, GramRows } from './gram.ts';

/** The inner products of rows, where columns are more than rows. */
interface RowProducts {
  /** rows × rows: of what is left of each row without the means, times the root of its weight. */
  readonly products: Float64Array;
  /** Of each column and of y; 0 where they are left in. */
  readonly means: Float64Array;
  /** The smallest and the largest sum of squares of a column that varies, and the largest of a row. */
  readonly narrowest: number;
  readonly widest: number;
  readonly longest: number;
}

/** Products of rows have digits enough of a column whose squares are such a share of another's, and beside such a penalty. */
const LEAST_SHARE = 1e-6;
const LEAST_PENALTY = 1e-9;
const SMALLEST = 1e-200;
const LARGEST = 1e304;

/** Ridge regression that was solved by rows. */
interface RidgeByRows {
  readonly coefficients: Float64Array;
  /** What a state is made by; it holds no products of columns. */
  readonly gram: Gram;
}

/**
 * The coefficients w that minimise ‖y − Xw‖² + ridge · ‖w‖² where X has more columns than rows, by the products of rows with each other: ten
 * thousand columns of a hundred rows take a system of a hundred, and not one of ten thousand.
 *
 * Source: Saunders, Gammerman and Vovk 1998, Ridge regression learning algorithm in dual variables: w = Xᵀ(XXᵀ + ridge · I)⁻¹y.
 *
 * @returns undefined where columns are fewer, or products of rows have too few digits to decide
 */
export function ridgeByRows(rows: GramRows, centred: boolean, ridge: number): RidgeByRows | undefined {
  const { x, y, weights } = rows;
  if (x.columns <= x.rows || !(ridge > 0)) return undefined;
  const known = rowProducts.of(x, [y, weights, centred], () => rowProductsOf(rows, centred));
  const { products, means, narrowest, widest, longest } = known;
  const isSafe = widest >= SMALLEST && longest <= LARGEST && narrowest >= LEAST_SHARE * widest;
  if (!isSafe || ridge < LEAST_PENALTY * longest) return undefined;
  const roots = weights?.map(Math.sqrt);
  const root = (i: number) => (roots ? (roots[i] as number) : 1);
  const targets = y.map((value, i) => (value - (means[x.columns] as number)) * root(i));
  const system = products.slice();
  for (let i = 0; i < x.rows; i++) system[i * x.rows + i]! += ridge;
  const shares = solveCholesky(system, targets).map((share, i) => share * root(i));
  const coefficients = new Float64Array(x.columns);
  eachBlock(x, (data, start, first, count) => {
    for (let i = first, at = start; i < first + count; i++)
      for (let j = 0; j < x.columns; j++, at++) coefficients[j]! += shares[i]! * (data[at]! - means[j]!);
  });
  return { coefficients, gram: { columns: x.columns, products, stride: x.rows, means, xUnit: 1, yUnit: 1 } };
}

// Fits that are tried with other penalties have the same.
const rowProducts = new Derived<Matrix, RowProducts>();

function rowProductsOf({ x, y, weights }: GramRows, centred: boolean): RowProducts {
  const { rows, columns } = x;
  const means = new Float64Array(columns + 1);
  if (centred) {
    means[columns] = meanOf(y, weights);
    let total = 0;
    eachBlock(x, (data, start, first, count) => {
      for (let i = first, at = start; i < first + count; i++) {
        const weight = weights?.[i] ?? 1;
        total += weight;
        for (let j = 0; j < columns; j++, at++) means[j]! += (data[at]! - means[j]!) * (weight / total);
      }
    });
  }
  const left = new Float64Array(rows * columns);
  const squares = new Float64Array(columns);
  eachBlock(x, (data, start, first, count) => {
    for (let i = first, at = start; i < first + count; i++) {
      const root = Math.sqrt(weights?.[i] ?? 1);
      for (let j = 0; j < columns; j++, at++) {
        const value = (data[at]! - means[j]!) * root;
        left[i * columns + j] = value;
        squares[j]! += value * value;
      }
    }
  });
  const products = new Float64Array(rows * rows);
  let longest = 0;
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k <= i; k++) {
      let sum = 0;
      for (let j = 0, a = i * columns, b = k * columns; j < columns; j++, a++, b++) sum += left[a]! * left[b]!;
      products[i * rows + k] = products[k * rows + i] = sum;
    }
    longest = Math.max(longest, products[i * rows + i]!);
  }
  // What is left of a constant column is rounding.
  const varying = squares.filter((sum, j) => sum > 1e-24 * rows * means[j]! ** 2 && sum > 0);
  const [narrowest, widest] = [
    varying.reduce((least, sum) => Math.min(least, sum), Infinity),
    varying.reduce((most, sum) => Math.max(most, sum), 0),
  ];
  return { products, means, narrowest, widest, longest };
}

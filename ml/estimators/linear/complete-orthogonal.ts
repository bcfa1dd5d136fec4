/** A least-squares problem without the directions of which nothing but rounding is left. */
export interface ReducedProblem {
  /** The rows of a lower triangular matrix, each followed by its target; it has the singular values of the whole one. */
  readonly equations: readonly Float64Array[];
  /** The shortest solution of the whole problem, of one of the reduced one. */
  restore(solution: Float64Array): Float64Array;
}

/**
 * Reduces Rw = t by a complete orthogonal decomposition: R is turned from the left until each column, the longest one first, has
 * nothing left below its own row, and what then is left is turned from the right into a lower triangle. That is so nearly
 * diagonal that rotations of its rows have little left to do.
 *
 * Sources: Golub and Van Loan, Matrix Computations, 4th edition, sections 5.4.2 and 5.4.7; Drmač and Veselić 2008, SIAM Journal on
 * Matrix Analysis 29(4).
 *
 * @param equations the rows of R, each followed by its t
 * @param rounding the share of the longest column up to which what is left of all columns together is rounding
 */
export function reduceOrthogonally(equations: readonly Float64Array[], rounding: number): ReducedProblem {
  const width = (equations[0]?.length ?? 1) - 1;
  // Column after column, as reflections take them; the last one is t.
  const columns = Array.from({ length: width + 1 }, (_, j) => Float64Array.from(equations, (row) => row[j]!));
  const { order, rank } = triangulate(columns, equations.length, rounding);
  const targets = columns[width]!;
  // The rows of what is left are the columns of its transpose.
  const rows = Array.from({ length: rank }, (_, i) => Float64Array.from({ length: width }, (_, j) => columns[j]![i]!));
  const reflections = rows.map((row, i) => {
    const reflection = reflectionOf(row, i);
    for (const later of rows.slice(i + 1)) reflect(later, reflection, i);
    row[i] = reflection.length;
    return reflection;
  });
  return {
    equations: rows.map((row, i) => {
      const equation = new Float64Array(rank + 1);
      equation.set(row.subarray(0, i + 1));
      equation[rank] = targets[i]!;
      return equation;
    }),
    restore(solution) {
      const turned = new Float64Array(width);
      turned.set(solution);
      for (let i = rank - 1; i >= 0; i--) reflect(turned, reflections[i]!, i);
      const whole = new Float64Array(width);
      order.forEach((column, j) => {
        whole[column] = turned[j]!;
      });
      return whole;
    },
  };
}

/** Squared lengths that have become so much smaller than when they were last summed have lost too many digits. */
const STALE = 1e-8;

/**
 * Turns columns into a triangle, the longest of what is left first, until what is left is rounding; they change their places.
 *
 * @returns which column each place has, and how many rows are left
 */
function triangulate(columns: Float64Array[], height: number, rounding: number) {
  const width = columns.length - 1;
  const order = Uint32Array.from({ length: width }, (_, j) => j);
  const left = Float64Array.from({ length: width }, (_, j) => squaresFrom(columns[j]!, 0));
  const summed = left.slice();
  const longest = left.reduce((longest, squares) => Math.max(longest, squares), 0);
  for (let k = 0; k < Math.min(width, height); k++) {
    let first = k;
    let rest = 0;
    for (let j = k; j < width; j++) {
      rest += left[j]!;
      if (left[j]! > left[first]!) first = j;
    }
    if (!(rest > rounding ** 2 * longest)) return { order, rank: k };
    [columns[k], columns[first]] = [columns[first]!, columns[k]!];
    [order[k], order[first]] = [order[first]!, order[k]!];
    [left[k], left[first]] = [left[first]!, left[k]!];
    [summed[k], summed[first]] = [summed[first]!, summed[k]!];
    const column = columns[k]!;
    const reflection = reflectionOf(column, k);
    for (let j = k + 1; j <= width; j++) {
      const other = columns[j]!;
      reflect(other, reflection, k);
      if (j === width) continue;
      left[j]! -= other[k]! * other[k]!;
      if (left[j]! < STALE * summed[j]!) summed[j] = left[j] = squaresFrom(other, k + 1);
    }
    column[k] = reflection.length;
    column.fill(0, k + 1);
  }
  return { order, rank: Math.min(width, height) };
}

function squaresFrom(column: Float64Array, start: number): number {
  let sum = 0;
  for (let i = start; i < column.length; i++) sum += column[i]! * column[i]!;
  return sum;
}

/** A Householder reflection of what columns hold from a place on: along `vector`, whose squared length is 2 · `half`. */
interface Reflection {
  readonly vector: Float64Array;
  readonly half: number;
  /** What is left of the column that it was made for, at that place. */
  readonly length: number;
}

/** The reflection that leaves nothing of a column after place k. */
function reflectionOf(column: Float64Array, k: number): Reflection {
  const vector = column.slice(k);
  const before = vector[0]!;
  const below = squaresFrom(vector, 1);
  if (below === 0) return { vector, half: 0, length: before };
  const size = Math.sqrt(before * before + below);
  const length = before > 0 ? -size : size;
  vector[0] = before - length;
  return { vector, half: -length * vector[0]!, length };
}

function reflect(column: Float64Array, { vector, half }: Reflection, k: number): void {
  if (half === 0) return;
  let product = 0;
  for (let i = 0; i < vector.length; i++) product += vector[i]! * column[k + i]!;
  const share = product / half;
  for (let i = 0; i < vector.length; i++) column[k + i]! -= share * vector[i]!;
}

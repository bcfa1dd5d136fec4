import { type ColumnSum, type SumProblem, sumTolerance } from './column-sum.ts';

/** A sum of more columns is not looked for. */
const MOST_TERMS = 40;
/** For each column of a sum there are so many rows. */
const ROWS_PER_TERM = 3;
/** So little of a column is left beside others that make it up. */
const NOTHING = 1e-10;

/** A column without what those that were taken say of it. */
interface Rest {
  readonly column: number;
  readonly values: Float64Array;
  /** How large it was. */
  readonly size: number;
  /** How much of each that was taken was in it; of one that is taken itself, lastly what was left. */
  readonly shares: number[];
}

/**
 * A sum of columns that leaves nothing of the target in any row: takes the column that explains most of what is left, until nothing is;
 * undefined where something stays.
 *
 * Source: Pati, Rezaiifar and Krishnaprasad 1993, Orthogonal matching pursuit.
 *
 * @param from places of the columns that may be taken
 */
export function pursue(problem: SumProblem, from: readonly number[]): ColumnSum | undefined {
  const { target, columns, rows } = problem;
  const left = centred(target.values, rows);
  let open: Rest[] = from.map((column) => {
    const values = centred(columns[column]?.values as Float64Array, rows);
    return { column, values, size: norm(values), shares: [] };
  });
  const taken: Rest[] = [];
  const amounts: number[] = [];
  const most = Math.min(MOST_TERMS, from.length, Math.floor(rows.length / ROWS_PER_TERM));
  while (taken.length < most) {
    open = open.filter(({ values, size }) => norm(values) > size * NOTHING);
    const next = mostExplaining(open, left);
    if (!next) return undefined;
    const size = norm(next.values);
    const unit = next.values.map((value) => value / size);
    open = open.filter((each) => each !== next);
    for (const { values, shares } of open) shares.push(takeOut(values, unit));
    amounts.push(takeOut(left, unit));
    next.shares.push(size);
    taken.push(next);
    const sum = sumOf(problem, taken, amounts);
    // Least squares spread what rounding lost over all rows.
    const tolerance = 2 * sumTolerance(problem, sum.terms);
    if (left.every((value) => Math.abs(value) <= tolerance)) return sum;
  }
  return undefined;
}

function mostExplaining(open: readonly Rest[], left: Float64Array): Rest | undefined {
  let [best, most]: [Rest | undefined, number] = [undefined, 0];
  for (const rest of open) {
    const explained = Math.abs(dot(rest.values, left)) / norm(rest.values);
    if (explained > most) [best, most] = [rest, explained];
  }
  return best;
}

/** How many times each column is taken, by substitution from the last one on. */
function sumOf({ target, columns, rows }: SumProblem, taken: readonly Rest[], amounts: readonly number[]): ColumnSum {
  const factors = new Float64Array(taken.length);
  for (let k = taken.length - 1; k >= 0; k--) {
    let rest = amounts[k] as number;
    for (let i = k + 1; i < taken.length; i++) rest -= (taken[i]?.shares[k] as number) * (factors[i] as number);
    factors[k] = rest / (taken[k]?.shares[k] as number);
  }
  const terms = taken.map(({ column }, k) => ({ column, factor: factors[k] as number }));
  const constant = terms.reduce(
    (rest, { column, factor }) => rest - factor * meanIn(columns[column]?.values as Float64Array, rows),
    meanIn(target.values, rows),
  );
  return { terms, constant };
}

const meanIn = (values: Float64Array, rows: readonly number[]): number =>
  rows.reduce((sum, row) => sum + (values[row] as number), 0) / rows.length;

function centred(values: Float64Array, rows: readonly number[]): Float64Array {
  const mean = meanIn(values, rows);
  return Float64Array.from(rows, (row) => (values[row] as number) - mean);
}

/** Takes out of values what a direction of length 1 explains, and returns how much that was. */
function takeOut(values: Float64Array, unit: Float64Array): number {
  const amount = dot(values, unit);
  for (let i = 0; i < values.length; i++) values[i] = (values[i] as number) - amount * (unit[i] as number);
  return amount;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

const norm = (values: Float64Array): number => Math.sqrt(dot(values, values));

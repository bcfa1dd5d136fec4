// Sums of columns that a target is, to the last digit.

import { createRandom, permutation } from '../../../core/random.ts';
import { type ColumnSum, type SumProblem, type SumTerm, sumTolerance } from './column-sum.ts';
import { inFewDigits, mostFrequent, type Numbers } from './exact-numbers.ts';
import { pursue } from './pursuit.ts';

/** Rows that a sum is found in; all others tell whether it holds. */
const ROWS_TO_FIND_IN = 2000;
/** In so many rows the target is not what it mostly is: sums of many zeros are no evidence. */
const EVIDENCE = 20;
const HOLDS = 0.99;
const MOST_DIGITS = 6;
/** So many times a sum is looked for in a few rows, which are enough for its columns. */
const MOST_PARTS = 12;
const ROWS_IN_PART = 30;
const ROWS_PER_COLUMN = 3;

/** A sum, and the share of the rows in which it holds. */
interface ExactSum extends ColumnSum {
  readonly share: number;
}

/**
 * The few columns that a target is a sum of, each taken so many times, in nearly every row; undefined where there are none. It is found in
 * some rows and has to hold in others, so that chance does not find one.
 */
export function exactSum(target: Numbers, columns: readonly Numbers[]): ExactSum | undefined {
  const { rows, used } = completeRows(target, columns);
  const step = Math.max(2, Math.ceil(rows.length / ROWS_TO_FIND_IN));
  const others = rows.filter((_, i) => i % step !== 0);
  const problem = { target, columns, rows: rows.filter((_, i) => i % step === 0) };
  const frequent = mostFrequent(others.map((row) => target.values[row] as number));
  const telling = others.filter((row) => target.values[row] !== frequent);
  if (telling.length < EVIDENCE) return undefined;
  // One row that is wrong hides a sum from all others, and not from some of them.
  for (const part of [problem, ...partsOf(problem)]) {
    const sum = sumIn(part, used);
    if (!sum) continue;
    // As wide as it was found with: rounding moves factors that are no round numbers.
    const isRight = rightness(part, sum, 2);
    const share = (some: readonly number[]) => some.filter(isRight).length / some.length;
    if (share(others) >= HOLDS && share(telling) >= HOLDS) return { ...sum, share: share(rows) };
  }
  return undefined;
}

/** The sum of several columns that the target is in all rows of a problem. */
function sumIn(problem: SumProblem, used: readonly number[]): ColumnSum | undefined {
  const wide = pursue(problem, used);
  const few = wide && pruned(problem, wide);
  return few && few.terms.length > 1 ? shortened(problem, few) : undefined;
}

/** The same problem in a few of its rows each, drawn at random. */
function partsOf(problem: SumProblem): SumProblem[] {
  const { rows, columns } = problem;
  const size = Math.max(ROWS_IN_PART, ROWS_PER_COLUMN * columns.length);
  if (size > rows.length) return [];
  return Array.from({ length: MOST_PARTS }, (_, part) => {
    const drawn = permutation(rows.length, createRandom(part)).subarray(0, size);
    return { ...problem, rows: Array.from(drawn, (i) => rows[i] as number) };
  });
}

/** Rows that know all columns that are used: columns with few values are passed over where too few rows know all. */
function completeRows({ values }: Numbers, columns: readonly Numbers[]) {
  const known = Array.from(values.keys()).filter((row) => !Number.isNaN(values[row] as number));
  const lacks = (j: number, row: number) => Number.isNaN(columns[j]?.values[row] as number);
  const missing = columns.map((_, j) => known.filter((row) => lacks(j, row)).length);
  let used = [...columns.keys()];
  for (;;) {
    const rows = known.filter((row) => !used.some((j) => lacks(j, row)));
    if (rows.length >= Math.min(known.length / 4, ROWS_TO_FIND_IN) || used.length === 0) return { rows, used };
    const most = Math.max(...used.map((j) => missing[j] as number));
    used = used.filter((j) => (missing[j] as number) < most);
  }
}

/** Without the columns that it holds without. */
function pruned(problem: SumProblem, sum: ColumnSum): ColumnSum {
  const amount = ({ column, factor }: SumTerm) => Math.abs(factor) * (problem.columns[column]?.spread as number);
  for (const { column } of sum.terms.toSorted((a, b) => amount(a) - amount(b))) {
    const others = sum.terms.flatMap((term) => (term.column === column ? [] : [term.column]));
    const smaller = pursue(problem, others);
    if (smaller) return pruned(problem, smaller);
  }
  return sum;
}

/** With factors and a constant of as few digits as it holds with. */
function shortened(problem: SumProblem, { terms, constant }: ColumnSum): ColumnSum {
  const sorted = terms.toSorted((a, b) => a.column - b.column);
  for (let digits = 1; digits <= MOST_DIGITS; digits++) {
    const short = sorted.map(({ column, factor }) => ({ column, factor: inFewDigits(factor, digits) }));
    for (const beside of [0, inFewDigits(constant, digits), constant]) {
      const sum = { terms: short, constant: beside };
      if (problem.rows.every(rightness(problem, sum))) return sum;
    }
  }
  const without = { terms: sorted, constant: 0 };
  return problem.rows.every(rightness(problem, without, 2)) ? without : { terms: sorted, constant };
}

/** A function that says whether a sum holds in a row, within so many times what rounding loses. */
function rightness(problem: SumProblem, sum: ColumnSum, times = 1): (row: number) => boolean {
  const { target, columns } = problem;
  const most = times * sumTolerance(problem, sum.terms);
  const terms = sum.terms.map(({ column, factor }) => ({ values: (columns[column] as Numbers).values, factor }));
  return (row) => {
    const value = terms.reduce((all, { values, factor }) => all + factor * (values[row] as number), sum.constant);
    return Math.abs((target.values[row] as number) - value) <= most;
  };
}

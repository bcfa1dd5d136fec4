import { type Numbers, toleranceOf } from './exact-numbers.ts';

/** What a target is: a constant, and columns that each are taken so many times. */
export interface ColumnSum {
  readonly terms: readonly SumTerm[];
  readonly constant: number;
}

/** A column, by its place in a list, and how many times it is taken. */
export interface SumTerm {
  readonly column: number;
  readonly factor: number;
}

/** A target, the columns that it may be a sum of, and the rows where that is looked for; they know all of these. */
export interface SumProblem {
  readonly target: Numbers;
  readonly columns: readonly Numbers[];
  readonly rows: readonly number[];
}

/** How far a target may be from a sum. */
export function sumTolerance({ target, columns }: SumProblem, terms: readonly SumTerm[]): number {
  let [rounded, most] = [0, 0];
  for (const { column, factor } of terms) {
    const { digit, largest } = columns[column] as Numbers;
    rounded += Math.abs(factor) * digit;
    most += Math.abs(factor) * largest;
  }
  return toleranceOf(target, rounded, most);
}

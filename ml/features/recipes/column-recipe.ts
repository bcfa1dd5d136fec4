import type { PlainData } from '../../core/plain-data.ts';
import type { Declaration } from '../../data/declaration.ts';
import type { Fold } from '../../data/folds.ts';
import type { Table } from '../../data/table.ts';
import type { LearnedTarget } from '../learned-targets.ts';
import type { Screening } from '../screening/screening.ts';

/** A numeric column that is made of others. No declared name has a space, so that it cannot be one. */
export interface DerivedColumn {
  /** What people read: "price / area". */
  readonly name: string;
  /** The declared columns that it is made of, each once. */
  readonly from: readonly string[];
  /** One a row; NaN where it cannot be said. */
  readonly values: Float64Array;
}

/** The rows that a fit learns from. */
export interface LearnedRows {
  readonly declaration: Declaration;
  readonly table: Table;
  /** What the estimator is to learn of each row: the target or its logarithm, or whether it is of a class. */
  readonly targets: readonly LearnedTarget[];
  readonly weights: Float64Array | undefined;
  /** By which a row's own target is kept out of its features; they honour groups and time as those of the training do. */
  readonly folds: () => readonly Fold[];
  /** As many of these rows as it takes to find what is worth making: all, where they are few. */
  readonly some: () => SearchedRows;
}

/** Rows by which is found what is worth making. */
export interface SearchedRows extends Omit<LearnedRows, 'some'> {
  /** One for all recipes of a fit, which adds what they choose. */
  readonly screening: Screening;
}

/** A way to make columns of columns. */
export interface ColumnRecipe<S extends PlainData = PlainData> {
  /** Finds the columns that are worth making, from these rows alone; null where none is. */
  fit(rows: LearnedRows): S | null;
  /** Makes the columns of any rows, one or a million: each of what its own row holds and the state. */
  apply(state: S, table: Table): DerivedColumn[];
  /** The columns of the rows that were learned from, where those must not know of their own targets. @default `apply` */
  applyToLearned?(state: S, rows: LearnedRows): DerivedColumn[];
}

/** Beyond what float32 holds, an estimator could not take it. */
const LARGEST = 3.4e38;

/** A number as a derived column may hold it: missing where it is not finite, or so large that estimators would refuse it. */
export function finiteOrMissing(value: number): number {
  return Math.abs(value) <= LARGEST ? value : Number.NaN;
}

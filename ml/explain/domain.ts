// What records a model has learned from: the levels, numbers and dates of its training rows, and how dense they lie.

import { knownValues } from '../core/known-values.ts';
import { type Declaration, type FeatureColumn, featuresOf } from '../data/declaration.ts';
import { kindOf } from '../data/kinds/index.ts';
import { rangeOf } from '../data/range.ts';
import { columnOf, type Table } from '../data/table.ts';
import { type Density, fitDensity } from './density.ts';
import { fitRarePairs, type RarePairs } from './pairs.ts';

/** What the training rows have of a column. */
export type LearnedColumn = {
  readonly column: string;
  /** Whether some of them lack it. */
  readonly missing: boolean;
} & (
  | { readonly kind: 'levels'; readonly seen: readonly number[] }
  /** Null where all of them lack it. */
  | { readonly kind: 'range'; readonly range: { readonly min: number; readonly max: number } | null }
);

/** The domain that a model was learned in: plain data, and no training row. */
export type Domain = {
  readonly columns: readonly LearnedColumn[];
  /** Null where there are too few rows. */
  readonly density: Density | null;
  /** Null where there are too few rows, or columns have nothing to do with each other. */
  readonly pairs: RarePairs | null;
};

/**
 * Learns it from the training rows. Those of weight 0 are not among them: they are left out as the file is read. The time of a
 * record is not looked at: whatever is predicted is later than what was learned from.
 */
export function fitDomain(whole: Declaration, train: Table, seed: number): Domain {
  const { time, ...rest } = whole;
  const declaration: Declaration = { ...rest, columns: rest.columns.filter(({ name }) => name !== time) };
  return {
    columns: featuresOf(declaration).map((column) => learnedColumn(column, columnOf(train, column.name))),
    density: fitDensity(declaration, train, seed),
    pairs: fitRarePairs(declaration, train, seed),
  };
}

function learnedColumn(column: FeatureColumn, values: Float64Array): LearnedColumn {
  const known = knownValues(values);
  const learned = { column: column.name, missing: known.length < values.length };
  if (kindOf(column).levels) return { ...learned, kind: 'levels', seen: [...new Set(known)].sort((a, b) => a - b) };
  return { ...learned, kind: 'range', range: known.length > 0 ? rangeOf(known) : null };
}

import { DataError } from '../core/errors.ts';
import { knownValues } from '../core/known-values.ts';
import { medianOf } from '../core/median.ts';
import { momentsOf } from '../core/moments.ts';
import { type Declaration, featuresOf } from '../data/declaration.ts';
import { kindOf } from '../data/kinds/index.ts';
import { columnOf, type Table, weightsOf } from '../data/table.ts';
import type { DerivedColumn } from './recipes/column-recipe.ts';

/** What an estimator wants its rows to be. */
export interface Encoding {
  /**
   * A 0/1 column for each level that training rows have, as far as it is among the `MOST_LEVELS` most frequent, and one for
   * all others together; or one column that holds the level's index.
   */
  readonly categories: 'one-hot' | 'codes';
  /** As they are, or less their mean and divided by their standard deviation. */
  readonly numbers: 'raw' | 'scaled';
  /** Filled with the median or the most frequent level, or left as NaN (in one-hot columns: no level at all). */
  readonly missing: 'imputed' | 'kept';
}

/** What training rows taught of a column, and how it becomes numbers by that. */
export type ColumnEncoding = {
  readonly column: string;
  /** What stands for a missing value, where it is imputed: the median, or the most frequent level. */
  readonly impute: number;
  readonly missing: Encoding['missing'];
} & (
  | { readonly kind: 'numeric'; readonly as: Encoding['numbers']; readonly mean: number; readonly scale: number }
  | { readonly kind: 'categorical'; readonly as: 'codes'; readonly levels: readonly string[] }
  | OneHot
);

/** A categorical column as 0/1 columns. */
export type OneHot = {
  readonly kind: 'categorical';
  readonly as: 'one-hot';
  readonly levels: readonly string[];
  /** The levels that have a column, as indices, ascending: those that training rows have, or the most frequent of them. */
  readonly seen: readonly number[];
};

/** How many levels of a category have a 0/1 column each. Of thousands, most have hardly a row, and rows would be thousands wide. */
export const MOST_LEVELS = 256;

/** How many numbers a row of a declaration becomes at most, beside those that recipes make. */
export function widestRow(declaration: Declaration, { categories }: Pick<Encoding, 'categories'>): number {
  const widths = featuresOf(declaration).map((column) => {
    const { levels } = kindOf(column);
    return levels && categories === 'one-hot' ? Math.min(levels.length, MOST_LEVELS + 1) : 1;
  });
  return widths.reduce((sum, width) => sum + width, 0);
}

/**
 * Learns medians, most frequent levels, means and standard deviations from training rows, each by its weight.
 *
 * Scaling divides by the population's standard deviation, or by 1 where a column is constant.
 */
export function fitEncodings(
  declaration: Declaration,
  table: Table,
  derived: readonly DerivedColumn[],
  encoding: Encoding,
): ColumnEncoding[] {
  const { categories, numbers, missing } = encoding;
  const weights = weightsOf(table, declaration);
  const numeric = (name: string, values: Float64Array): ColumnEncoding => {
    const impute = median(values, weights);
    const learned = { impute, ...moments(values, impute, weights) };
    if (!Object.values(learned).every(Number.isFinite))
      throw new DataError(`${name}: its values are too far apart for a mean and a standard deviation`);
    return { column: name, kind: 'numeric', as: numbers, missing, ...learned };
  };
  const declared = featuresOf(declaration).map((column): ColumnEncoding => {
    const values = columnOf(table, column.name);
    const { levels } = kindOf(column);
    if (levels) {
      const { name } = column;
      const counts = countLevels(values, levels.length, weights);
      const impute = mostFrequent(counts);
      if (categories === 'codes') return { column: name, kind: 'categorical', as: categories, missing, impute, levels };
      // Where all is missing, the level that is imputed has no row of its own.
      const isSeen = (code: number) => counts[code] !== 0 || (missing === 'imputed' && code === impute);
      const seen = mostFrequentOf([...counts.keys()].filter(isSeen), counts);
      return { column: name, kind: 'categorical', as: categories, missing, impute, levels, seen };
    }
    return numeric(column.name, values);
  });
  return [...declared, ...derived.map(({ name, values }) => numeric(name, values))];
}

/** The median of those values that are not missing; 0 where all are. */
function median(values: Float64Array, weights: Float64Array | undefined): number {
  const isKnown = (_: number, i: number) => !Number.isNaN(values[i]);
  return medianOf(knownValues(values), weights?.filter(isKnown));
}

/** How many rows have each level, each by its weight. */
function countLevels(codes: Float64Array, levels: number, weights: Float64Array | undefined): Float64Array {
  const counts = new Float64Array(levels);
  codes.forEach((code, i) => {
    if (!Number.isNaN(code)) counts[code] = (counts[code] as number) + (weights?.[i] ?? 1);
  });
  return counts;
}

/** The levels with the most rows, at most so many, in the declared order; of equals those that are declared first. */
function mostFrequentOf(levels: readonly number[], counts: Float64Array): number[] {
  if (levels.length <= MOST_LEVELS) return [...levels];
  const count = (level: number) => counts[level] as number;
  return levels
    .toSorted((a, b) => count(b) - count(a) || a - b)
    .slice(0, MOST_LEVELS)
    .sort((a, b) => a - b);
}

/** The level with the most rows; the one declared first where several have. */
function mostFrequent(counts: Float64Array): number {
  return counts.indexOf(counts.reduce((most, count) => Math.max(most, count), 0));
}

/** The moments of a column once its gaps are filled; a constant column is divided by 1. */
function moments(
  values: Float64Array,
  impute: number,
  weights: Float64Array | undefined,
): { mean: number; scale: number } {
  const filled = values.map((value) => (Number.isNaN(value) ? impute : value));
  const { mean, deviation } = momentsOf(filled, weights);
  return { mean, scale: deviation === 0 ? 1 : deviation };
}

import { cramersV } from './contingency.ts';
import { pearson, ranksOf, spearman } from './correlation.ts';
import { correlationRatio } from './correlation-ratio.ts';
import type { ViewedColumn } from './viewed-column.ts';

/** How closely two columns go together, by what suits their kinds. */
export interface Association {
  /** Spearman's correlation of two numbers, Cramér's V of two categories, the correlation ratio of a number's ranks and a category. */
  readonly measure: 'spearman' | 'cramers_v' | 'correlation_ratio';
  /** From −1 to 1 of two numbers, from 0 to 1 of others; NaN where one of both does not vary in the rows where both are known. */
  readonly value: number;
  /** Of two numbers; Pearson's differs where the relation is no line, or outliers make it. */
  readonly pearson?: number;
}

/** The values of a column in the rows of a sample. */
export interface Sampled {
  readonly column: ViewedColumn;
  readonly values: Float64Array;
}

/** How closely two columns go together, in the rows where both are known. */
export function associationOf(a: Sampled, b: Sampled): Association {
  const [x, y] = knownInBoth(a.values, b.values);
  const [isA, isB] = [a.column.values === 'codes', b.column.values === 'codes'];
  if (isA && isB) return { measure: 'cramers_v', value: cramersV(x, y) };
  if (isA) return { measure: 'correlation_ratio', value: correlationRatio(x, ranksOf(y)) };
  if (isB) return { measure: 'correlation_ratio', value: correlationRatio(y, ranksOf(x)) };
  return { measure: 'spearman', value: spearman(x, y), pearson: pearson(x, y) };
}

function knownInBoth(a: Float64Array, b: Float64Array): readonly [Float64Array, Float64Array] {
  const isKnown = (_: number, i: number) => !Number.isNaN(a[i]) && !Number.isNaN(b[i]);
  return [a.filter(isKnown), b.filter(isKnown)];
}

import { cramersV } from './contingency.ts';
import { pearson, ranksOf } from './correlation.ts';
import { correlationRatio } from './correlation-ratio.ts';
import type { ViewedColumn } from './viewed-column.ts';
import type { WeightedValues } from './weighted-values.ts';

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
export interface Sampled extends WeightedValues {
  readonly column: ViewedColumn;
  /** Whether none is missing. */
  readonly isComplete: boolean;
  /** Of numbers of which none is missing: to rank them takes longest. */
  readonly ranks: Float64Array | undefined;
}

export function sampled(column: ViewedColumn, weighted: WeightedValues): Sampled {
  const { values } = weighted;
  const isComplete = !values.some(Number.isNaN);
  return {
    ...weighted,
    column,
    isComplete,
    ranks: isComplete && column.values !== 'codes' ? ranksOf(values) : undefined,
  };
}

/** How closely two columns go together, in the rows where both are known, each of which counts once. */
export function associationOf(a: Sampled, b: Sampled): Association {
  const [x, y] = knownInBoth(a, b);
  const [isA, isB] = [a.column.values === 'codes', b.column.values === 'codes'];
  if (isA && isB) return { measure: 'cramers_v', value: cramersV(x.values, y.values) };
  if (isA) return { measure: 'correlation_ratio', value: correlationRatio(x.values, rankedOf(y)) };
  if (isB) return { measure: 'correlation_ratio', value: correlationRatio(y.values, rankedOf(x)) };
  return { measure: 'spearman', value: pearson(rankedOf(x), rankedOf(y)), pearson: pearson(x.values, y.values) };
}

type Known = Pick<Sampled, 'values' | 'ranks'>;

const rankedOf = ({ values, ranks }: Known) => ranks ?? ranksOf(values);

function knownInBoth(a: Sampled, b: Sampled): readonly [Known, Known] {
  if (a.isComplete && b.isComplete) return [a, b];
  const isKnown = (_: number, i: number) => !Number.isNaN(a.values[i]) && !Number.isNaN(b.values[i]);
  const some = (all: Float64Array) => ({ values: all.filter(isKnown), ranks: undefined });
  return [some(a.values), some(b.values)];
}

import { Derived } from '../../core/derived.ts';
import { DataError } from '../../core/errors.ts';
import type { Matrix } from '../../core/matrix.ts';
import { type Ranks, rankColumns } from '../../trees/exact/ranks.ts';
import type { ExactRules, NumberCriterion } from '../../trees/exact/rules.ts';
import { checkFloat32 } from '../../trees/float32-range.ts';

/** Rows up to which every threshold is searched, unless asked otherwise. */
const EXACT_ROWS = 50_000;
const BINS = 255;

/** The parameters that every tree of scikit-learn has. */
export const treeParams = {
  max_depth: {
    type: 'integer',
    default: null,
    nullable: true,
    min: 1,
    max: 10_000,
    description: 'splits between root and leaf; null: no limit',
  },
  min_samples_split: {
    type: 'number',
    default: 2,
    min: 1e-6,
    max: 1e9,
    description: 'the least rows of a node that is split; below 1 a share of all rows',
  },
  min_samples_leaf: {
    type: 'number',
    default: 1,
    min: 1e-6,
    max: 1e9,
    description: 'the least rows of a leaf; below 1 a share of all rows',
  },
  max_features: {
    type: 'number',
    default: null,
    nullable: true,
    words: ['sqrt', 'log2'],
    min: 1e-6,
    max: 1e9,
    description: 'how many columns are drawn for a split; up to 1 a share of them; null: all',
  },
  min_impurity_decrease: {
    type: 'number',
    default: 0,
    min: 0,
    max: 1e12,
    description: 'the least that a split must lessen the impurity of all rows',
  },
  ccp_alpha: {
    type: 'number',
    default: 0,
    min: 0,
    max: 1e12,
    description: 'cost-complexity pruning: the least that a split must lessen the impurity for each leaf more',
  },
  splitter: {
    type: 'choice',
    default: 'auto',
    choices: ['auto', 'exact', 'hist'],
    description: `search every threshold, or at the borders of ${BINS} bins; auto: bins past ${EXACT_ROWS} rows`,
  },
} as const;

/** What a tree measures its splits by. */
export const criterionParam = {
  type: 'choice',
  default: 'squared_error',
  choices: ['squared_error', 'friedman_mse', 'absolute_error', 'poisson'],
  description: 'what a split lessens; friedman_mse chooses as squared_error does',
} as const;

/** The same of a tree of classes. */
export const classCriterionParam = {
  type: 'choice',
  default: 'gini',
  choices: ['gini', 'entropy', 'log_loss'],
  description: 'what a split lessens; log_loss is the entropy',
} as const;

export type Splitter = 'auto' | 'exact' | 'hist';

export interface TreeValues {
  readonly max_depth: number | null;
  readonly min_samples_split: number;
  readonly min_samples_leaf: number;
  readonly max_features: number | 'sqrt' | 'log2' | null;
  readonly min_impurity_decrease: number;
  readonly ccp_alpha: number;
}

/** Values of a tree that only its depth limits. */
export const unlimited = {
  min_samples_split: 2,
  min_samples_leaf: 1,
  max_features: null,
  min_impurity_decrease: 0,
  ccp_alpha: 0,
} as const satisfies Omit<TreeValues, 'max_depth'>;

/** The rules for trees on so many rows and columns. Source of the roundings: scikit-learn 1.9, `BaseDecisionTree._fit`. */
export function exactRules(
  criterion: ExactRules['criterion'] | 'log_loss',
  values: TreeValues,
  { rows, columns }: { readonly rows: number; readonly columns: number },
): ExactRules {
  const count = (value: number) => (value < 1 ? Math.ceil(value * rows) : Math.floor(value));
  return {
    criterion: criterion === 'log_loss' ? 'entropy' : criterion,
    maxDepth: values.max_depth ?? Infinity,
    minSamplesSplit: Math.max(2, count(values.min_samples_split)),
    minSamplesLeaf: Math.max(1, count(values.min_samples_leaf)),
    minImpurityDecrease: values.min_impurity_decrease,
    maxFeatures: Math.max(1, featuresOf(values.max_features, columns)),
    ccpAlpha: values.ccp_alpha,
  };
}

function featuresOf(given: TreeValues['max_features'], columns: number): number {
  if (given === null) return columns;
  if (given === 'sqrt') return Math.floor(Math.sqrt(columns));
  if (given === 'log2') return Math.floor(Math.log2(columns));
  return Math.min(columns, Math.floor(given <= 1 ? given * columns : given));
}

/**
 * The columns ranked, as the parameter `splitter` says; absolute errors are always searched exactly.
 *
 * @throws DataError where a value is none of float32, as which columns are compared
 */
export function ranksFor(x: Matrix, splitter: Splitter): Ranks {
  const exact = splitter === 'exact' || (splitter === 'auto' && x.rows <= EXACT_ROWS);
  return ranksOf.of(x, [exact], () => {
    const ranks = rankColumns(x, exact ? undefined : BINS);
    // The borders of bins are infinite anyway; among each value once, one past float32 is the first or the last.
    if (!exact || ranks.least.some((values) => !Number.isFinite(values[0]! - values.at(-1)!))) checkFloat32(x);
    return ranks;
  });
}

const ranksOf = new Derived<Matrix, Ranks>();

/** @throws DataError where the criterion cannot measure the targets */
export function checkTargets(criterion: NumberCriterion, y: Float64Array): void {
  if (criterion !== 'poisson') return;
  const least = y.reduce((least, target) => Math.min(least, target), Infinity);
  const sum = y.reduce((sum, target) => sum + target, 0);
  if (least < 0 || sum <= 0) {
    throw new DataError(
      `the criterion poisson is for targets of at least 0, not all of them 0; the least is ${least}. Take squared_error`,
    );
  }
}

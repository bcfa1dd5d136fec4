// How long a fit takes, by what is known before it: seconds of one core that is as quick as any. Only their ratios matter, and
// those are the same on every machine, so that what a search does next never hangs on a clock.

import { featuresOf } from '../../../data/declaration.ts';
import { estimatorNamed } from '../../../estimators/index.ts';
import type { Candidate } from '../../candidate.ts';
import type { FitContext } from '../../fit-job.ts';
import { roundsOf } from '../../shared-fit.ts';

/** What a fit learns from. */
export interface Size {
  readonly rows: number;
  /** How many columns there are, and how many they become where each level has one. */
  readonly columns: number;
  readonly oneHotColumns: number;
}

/** What a fold learns from. @param rows at most so many. @default all */
export function sizeOf({ folds, declaration }: FitContext, rows = Infinity): Size {
  const features = featuresOf(declaration);
  const levels = features.map((column) => (column.kind === 'categorical' ? column.levels.length : 1));
  return {
    rows: Math.min(rows, ...folds.map(({ learned }) => learned.length)),
    columns: features.length,
    oneHotColumns: levels.reduce((sum, count) => sum + count, 0),
  };
}

/** Rows and columns of a matrix. */
type Cells = Pick<Size, 'rows' | 'columns'>;

/** Beyond this trees are rarely deeper, whatever they may be. */
const DEEPEST = 14;
/** How many rounds suit a learning rate of 1, where growing stops early. */
const ROUNDS_BY_RATE = 20;
/** How many columns a recipe makes, about. */
const COLUMNS_OF_RECIPE = 6;

type Numbers = Readonly<Record<string, unknown>>;

const number = (params: Numbers, name: string, otherwise: number): number => {
  const value = params[name];
  return typeof value === 'number' ? value : otherwise;
};

/** Of a column that may be given as a share of them, or as a count. */
const share = (params: Numbers, name: string): number => Math.min(1, number(params, name, 1));

const depthOf = (params: Numbers, rows: number): number =>
  Math.min(number(params, 'max_depth', DEEPEST), Math.max(1, Math.log2(rows)), DEEPEST);

/** The seconds of one round; of what does not grow in rounds, of the fit and its predictions. */
const perRound: Readonly<Record<string, (size: Cells, params: Numbers) => number>> = {
  mean: ({ rows }) => rows * 1e-9,
  linear: linearSeconds,
  ridge: linearSeconds,
  lasso: (size) => 2 * linearSeconds(size),
  elastic_net: (size) => 2 * linearSeconds(size),
  knn: ({ rows, columns }) => rows * columns * Math.min(rows, 200 * 2 ** Math.min(columns, 8)) * 2e-10,
  decision_tree: ({ rows, columns }, params) => 1e-4 + rows * columns * depthOf(params, rows) * 4e-9,
  random_forest: ({ rows, columns }, params) =>
    1e-4 + rows * columns * share(params, 'max_features') * depthOf(params, rows) * 3.2e-9,
  adaboost: ({ rows, columns }, params) => 1e-4 + rows * columns * depthOf(params, rows) * 4e-9,
  gradient_boosting: ({ rows, columns }, params) =>
    5e-5 + rows * columns * share(params, 'max_features') * share(params, 'subsample') * depthOf(params, rows) * 3.5e-9,
  xgboost: ({ rows, columns }, params) => {
    const depth = depthOf(params, rows);
    const used = columns * share(params, 'colsample_bytree');
    return 5e-5 + rows * used * depth * share(params, 'subsample') * 1e-9 + nodesOf(rows, depth) * used * 3e-7;
  },
  catboost: ({ rows, columns }, params) => {
    const depth = number(params, 'depth', 6);
    return 1e-4 + rows * columns * depth * 1.2e-9 + nodesOf(rows, depth) * columns * 3e-7;
  },
};

function linearSeconds({ rows, columns }: Cells): number {
  return 2e-4 + rows * columns * (columns + 10) * 1e-9;
}

const nodesOf = (rows: number, depth: number) => Math.min(2 ** depth, rows / 4);

/**
 * The cost of one fit.
 *
 * @param rounds how many it came to. @default what is to be expected
 */
export function costOf(candidate: Candidate, size: Size, rounds?: number): number {
  const { model, params, features = [] } = candidate;
  const { categories } = estimatorNamed(model).encoding;
  const columns = (categories === 'one-hot' ? size.oneHotColumns : size.columns) + COLUMNS_OF_RECIPE * features.length;
  const each = (perRound[model] ?? linearSeconds)({ rows: size.rows, columns }, params);
  return each * (rounds ?? expectedRounds(candidate));
}

function expectedRounds(candidate: Candidate): number {
  const most = roundsOf(candidate);
  if (most === undefined) return 1;
  const rate = candidate.params.learning_rate;
  return typeof rate === 'number' && candidate.model !== 'adaboost'
    ? Math.min(most, Math.ceil(ROUNDS_BY_RATE / rate))
    : most;
}

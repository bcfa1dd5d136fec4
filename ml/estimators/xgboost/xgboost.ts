import type { Matrix } from '../../core/matrix.ts';
import { oneOutput } from '../../core/predictions.ts';
import { createRandom } from '../../core/random.ts';
import { mostBinnedRows } from '../../trees/binned/binning.ts';
import { checkFloat32 } from '../../trees/float32-range.ts';
import { stagedSums, sumTrees } from '../../trees/sum-trees.ts';
import type { Trees } from '../../trees/trees.ts';
import { type Contributions, rescale, spread } from '../contributions.ts';
import type { Estimator } from '../estimator.ts';
import type { Link } from '../losses/loss.ts';
import { treeContributions } from '../tree-contributions.ts';
import { boostTrees } from './boost.ts';
import { splitRows } from './learning-rows.ts';
import { applyLink, numericObjective } from './numeric-objective.ts';
import { checkObjective, objectiveOf } from './objectives.ts';
import { params, samples } from './params.ts';

/** The sum of the trees, on top of a base. */
type XgboostState = {
  /** What the trees' sum starts from: a raw prediction. */
  readonly base: number;
  readonly trees: Trees;
  /** By what the sum becomes a prediction. */
  readonly link: Link;
  /** Of the sum. @default float32 all along, as in training; it was float64 before 0.2.0 */
  readonly precision?: 'float32' | 'float64';
};

/**
 * Gradient boosting of regularised trees on binned columns.
 *
 * Source: Chen and Guestrin 2016; XGBoost 3.2, `XGBRegressor` with `tree_method="hist"`. Targets, gradients and
 * predictions are float32, a prediction after each tree; early stopping holds rows out by itself, where the reference is
 * given them.
 */
export const xgboost: Estimator<typeof params, XgboostState> = {
  title: 'XGBoost',
  tasks: ['regression'],
  params,
  encoding: { categories: 'one-hot', numbers: 'raw', missing: 'kept' },
  inBlocks: true,
  areSingle: true,
  mostRows: mostBinnedRows,
  weighted: true,
  isRandom: samples,
  checkParams: checkObjective,
  fit(training) {
    const { x, params: values, seed } = training;
    checkFloat32(x);
    const random = createRandom(seed);
    const rows = splitRows(training, values, random);
    const objective = numericObjective(values, rows.learned);
    const trees = boostTrees(objective, rows, random, training);
    return { base: objective.bases[0]!, trees, link: objectiveOf(values).loss.link };
  },
  predict: ({ base, trees, link, precision = 'float32' }, x, threads) =>
    oneOutput(applyLink(link, sumTrees(trees, x, base, precision, threads))),
  contributions: xgboostContributions,
  staged: {
    rounds: 'n_estimators',
    count: ({ trees }) => trees.roots.length,
    patience: 'early_stopping_rounds',
    predict: ({ base, trees, link, precision = 'float32' }, x, rounds) =>
      stagedSums(trees, x, base, rounds, precision).map((raw) => oneOutput(applyLink(link, raw))),
  },
};

/**
 * Of the raw prediction they are exact but for the rounding of its sum, float32, which is spread over them; where a link makes
 * a prediction of it, they are rescaled.
 */
function xgboostContributions(state: XgboostState, x: Matrix, threads?: number): Contributions | null {
  const { base, trees, link, precision = 'float32' } = state;
  const raw = treeContributions(trees, x, { base, threads });
  if (raw === null) return null;
  const predictions = applyLink(link, sumTrees(trees, x, base, precision, threads));
  if (link !== 'identity') return rescale(raw, (values) => values.map(Math.exp), predictions);
  predictions.forEach((prediction, row) => {
    spread(raw.values.subarray(row * x.columns, (row + 1) * x.columns), prediction - (raw.bases[0] as number));
  });
  return raw;
}

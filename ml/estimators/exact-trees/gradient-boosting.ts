import { EarlyStopping, sinceAnyLower } from '../../core/early-stopping.ts';
import { DataError } from '../../core/errors.ts';
import { holdOut } from '../../core/hold-out.ts';
import { oneOutput } from '../../core/predictions.ts';
import { createRandom, type Random, sample, scrambled } from '../../core/random.ts';
import type { Relations } from '../../core/relations.ts';
import type { Split } from '../../core/split.ts';
import { ExactGrower } from '../../trees/exact/grow.ts';
import { scaleTargets, unscaleLeaves } from '../../trees/exact/scaled-targets.ts';
import { stagedSums, sumTrees } from '../../trees/sum-trees.ts';
import { addUnweighted, predictTree, TreeBuilder, type Trees } from '../../trees/trees.ts';
import type { Estimator } from '../estimator.ts';
import { treeContributions } from '../tree-contributions.ts';
import { boostingLoss } from './boosting-loss.ts';
import { rowWeights } from './row-weights.ts';
import { exactRules, ranksFor, treeParams } from './tree-params.ts';

const params = {
  loss: {
    type: 'choice',
    default: 'squared_error',
    choices: ['squared_error', 'absolute_error', 'huber', 'quantile'],
    description: 'what each tree lessens',
  },
  learning_rate: {
    type: 'number',
    default: 0.1,
    min: 0.0001,
    max: 100,
    description: 'what each tree’s values are multiplied by',
    search: { low: 0.01, high: 0.3, scale: 'log', grid: [0.03, 0.1] },
  },
  n_estimators: { type: 'integer', default: 100, min: 1, max: 100_000, description: 'how many trees' },
  subsample: {
    type: 'number',
    default: 1,
    min: 0.001,
    max: 1,
    description: 'the share of the rows that each tree draws',
    search: { low: 0.5, high: 1, scale: 'linear', grid: [0.7, 1] },
  },
  criterion: {
    type: 'choice',
    default: 'friedman_mse',
    choices: ['friedman_mse', 'squared_error'],
    description: 'what a split lessens; both choose alike',
  },
  ...treeParams,
  max_depth: { ...treeParams.max_depth, default: 3, search: { low: 2, high: 8, scale: 'linear', grid: [2, 3, 5] } },
  min_samples_leaf: { ...treeParams.min_samples_leaf, search: { low: 1, high: 50, scale: 'log', whole: true } },
  max_features: { ...treeParams.max_features, search: { low: 0.3, high: 1, scale: 'linear' } },
  alpha: {
    type: 'number',
    default: 0.9,
    min: 0.001,
    max: 0.999,
    description: 'the quantile of the losses huber (of absolute errors) and quantile (of targets)',
  },
  n_iter_no_change: {
    type: 'integer',
    default: null,
    nullable: true,
    min: 1,
    max: 100_000,
    description: 'stop after so many trees without less loss on rows held out; null: never',
  },
  validation_fraction: {
    type: 'number',
    default: 0.1,
    min: 0.001,
    max: 0.999,
    description: 'the share of the rows that is held out for that',
  },
  tol: { type: 'number', default: 0.0001, min: 0, max: 1e12, description: 'less loss by so much does not count' },
} as const;

/** The sum of the trees, on top of a base. */
type BoostingState = {
  readonly base: number;
  readonly trees: Trees;
};

/**
 * Trees that each lessen what is left of the loss.
 *
 * Source: Friedman 2001 and 2002; scikit-learn 1.9, `GradientBoostingRegressor`.
 */
export const gradientBoosting: Estimator<typeof params, BoostingState> = {
  title: 'Gradient boosting',
  tasks: ['regression'],
  params,
  encoding: { categories: 'one-hot', numbers: 'raw', missing: 'imputed' },
  weighted: true,
  fit({ x, y: targets, weights, validation, params: values, seed, onRound, groups, times }) {
    // Boosting takes the offset of its targets by itself.
    const { y, unit } = scaleTargets(targets, true);
    const random = createRandom(scrambled(seed));
    const loss = boostingLoss(values.loss, values.alpha);
    const given = values.n_iter_no_change === null ? undefined : validation;
    const { learned: rows, held } = given ? holdOut(x.rows, 0) : split(x.rows, values, random, { groups, times });
    const all = rowWeights(x.rows, weights);
    // 0 of rows that are held out, and of those that are on neither side.
    const learned = new Float64Array(x.rows);
    for (const row of rows) learned[row] = all[row]!;
    const pick = (values: Float64Array, rows: Uint32Array) => Float64Array.from(rows, (row) => values[row]!);
    const weighted = (values: Float64Array, rows: Uint32Array) =>
      weights ? { values: pick(values, rows), weights: pick(all, rows) } : { values: pick(values, rows) };
    checkWeights(pick(all, rows), pick(all, held));
    const grower = new ExactGrower(
      ranksFor(x, values.splitter),
      exactRules('squared_error', values, { rows: rows.length, columns: x.columns }),
    );
    const builder = new TreeBuilder();
    const base = loss.initial(weighted(y, rows));
    const predictions = new Float64Array(x.rows).fill(base);
    const residuals = y.map((target) => target - base);
    const gradients = new Float64Array(x.rows);
    const ofLeaf = new Float64Array(x.rows);
    const weightsOfLeaf = weights && new Float64Array(x.rows);
    const watched = given && { ...given, y: given.y.map((target) => target * unit - base) };
    const stopping = new EarlyStopping(sinceAnyLower(values.n_iter_no_change ?? Infinity, values.tol));
    for (let tree = 0; tree < values.n_estimators && !stopping.isOver; tree++) {
      loss.prepare(held.length > 0 ? weighted(residuals, rows) : { values: residuals, weights: weights && all });
      for (let i = 0; i < y.length; i++) gradients[i] = loss.gradient(residuals[i]!);
      const drawn = values.subsample < 1 ? drawRows(rows, learned, values.subsample, random) : learned;
      grower.grow(builder, { y: gradients, weights: drawn }, random, (leaf, rows, start, end) => {
        for (let at = start; at < end; at++) ofLeaf[at] = residuals[rows[at]!]!;
        if (weightsOfLeaf) for (let at = start; at < end; at++) weightsOfLeaf[at] = all[rows[at]!]!;
        const inLeaf = { values: ofLeaf.subarray(start, end), weights: weightsOfLeaf?.subarray(start, end) };
        const value = values.learning_rate * loss.leafValue(inLeaf);
        if (!Number.isFinite(value / unit)) throw new DataError(divergence(tree + 1));
        builder.setLeaf(leaf, value);
        for (let at = start; at < end; at++) predictions[rows[at]!]! += value;
      });
      // The rows that it was not grown on still have to find their leaves.
      addUnweighted(predictions, builder.view(), tree, x, drawn);
      // Not kept up by subtraction: of a row that a leaf's quantile is, the sign would be rounding.
      for (let i = 0; i < y.length; i++) residuals[i] = y[i]! - predictions[i]!;
      if (held.length > 0) stopping.add(loss.mean(weighted(residuals, held)));
      if (watched) {
        const values = predictTree(builder.view(), tree, watched.x);
        for (let i = 0; i < values.length; i++) watched.y[i]! -= values[i]!;
        stopping.add(loss.mean({ values: watched.y, weights: watched.weights }));
      }
      onRound?.(tree + 1, values.n_estimators);
    }
    // The reference, which knows no rows but its own share, keeps those past the best too.
    const trees = builder.build(watched && stopping.best);
    return { base: base / unit, trees: unscaleLeaves(trees, { origin: 0, unit }) };
  },
  predict: ({ base, trees }, x) => oneOutput(sumTrees(trees, x, base)),
  contributions: ({ base, trees }, x, threads) => treeContributions(trees, x, { base, threads }),
  staged: {
    rounds: 'n_estimators',
    count: ({ trees }) => trees.roots.length,
    patience: 'n_iter_no_change',
    predict: ({ base, trees }, x, rounds) => stagedSums(trees, x, base, rounds).map(oneOutput),
  },
};

const divergence = (trees: number) =>
  `boosting diverges: after ${trees} trees its predictions are no longer finite; take a smaller learning_rate`;

/** @throws DataError where the rows that early stopping leaves or takes count for nothing */
function checkWeights(learned: Float64Array, held: Float64Array): void {
  const counts = (weights: Float64Array) => weights.length === 0 || weights.some((weight) => weight > 0);
  if (counts(learned) && counts(held)) return;
  throw new DataError(
    `early stopping ${counts(held) ? 'leaves only rows' : 'holds out only rows'} of weight 0; ` +
      'take another validation_fraction, or leave such rows out',
  );
}

/** Rows held out for early stopping; none without it, or where too few rows would be left, or all are of one group or time. */
function split(
  rows: number,
  { n_iter_no_change, validation_fraction }: { n_iter_no_change: number | null; validation_fraction: number },
  random: Random,
  relations: Relations,
): Split {
  const held = Math.ceil(rows * validation_fraction);
  return n_iter_no_change === null || held >= rows ? holdOut(rows, 0) : holdOut(rows, held, random, relations);
}

/**
 * The weights of a share of the rows (rounded down, one at least) drawn without replacement, and 0 for all others; of all
 * rows, where no row that was drawn has a weight.
 */
function drawRows(rows: Uint32Array, weights: Float64Array, share: number, random: Random): Float64Array {
  const count = Math.max(1, Math.floor(share * rows.length));
  // Whichever are fewer are drawn: those that are in, or those that are out.
  const isOut = 2 * count > rows.length;
  const drawn = isOut ? weights.slice() : new Float64Array(weights.length);
  for (const k of sample(rows.length, isOut ? rows.length - count : count, random)) {
    const row = rows[k]!;
    drawn[row] = isOut ? 0 : weights[row]!;
  }
  return drawn.some((weight) => weight > 0) ? drawn : weights;
}

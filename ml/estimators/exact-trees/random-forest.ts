import { DataError, ParamError } from '../../core/errors.ts';
import type { Matrix } from '../../core/matrix.ts';
import { oneOutput, type Predictions } from '../../core/predictions.ts';
import { createRandom, type Random, scrambled } from '../../core/random.ts';
import { regressionScores } from '../../core/regression-scores.ts';
import { ExactGrower } from '../../trees/exact/grow.ts';
import { scaleTargets, unscaleLeaves } from '../../trees/exact/scaled-targets.ts';
import { stagedSums, sumTrees } from '../../trees/sum-trees.ts';
import { applyTree, firstTrees, TreeBuilder, type Trees } from '../../trees/trees.ts';
import type { Estimator, LabelledRows } from '../estimator.ts';
import { treeContributions } from '../tree-contributions.ts';
import { drawByChance, rowWeights } from './row-weights.ts';
import { checkTargets, criterionParam, exactRules, ranksFor, treeParams } from './tree-params.ts';

const params = {
  n_estimators: { type: 'integer', default: 100, min: 1, max: 100_000, description: 'how many trees' },
  criterion: criterionParam,
  ...treeParams,
  min_samples_leaf: {
    ...treeParams.min_samples_leaf,
    search: { low: 1, high: 20, scale: 'log', whole: true, grid: [1, 3, 10] },
  },
  max_features: {
    ...treeParams.max_features,
    default: 1,
    search: { low: 0.2, high: 1, scale: 'linear', grid: [0.33, 0.66, 1] },
  },
  bootstrap: { type: 'boolean', default: true, description: 'whether each tree draws its own rows, with replacement' },
  max_samples: {
    type: 'number',
    default: null,
    nullable: true,
    min: 1e-6,
    max: 1e9,
    description:
      'how many rows a tree draws; up to 1 a share of them (of the sum of their weights); null: as many as there are',
  },
  oob_score: {
    type: 'boolean',
    default: false,
    description: 'whether to keep the R² of each row by the trees that did not draw it',
  },
} as const;

/** The mean of the trees. */
type ForestState = {
  readonly trees: Trees;
  /** R² of the rows that some tree did not draw, each by those trees and by its weight; null where it was not asked for, or there is none. */
  readonly oob_score: number | null;
};

/** How many rows a tree draws at most where a share of all weight says how many: weights may sum to a population. */
const MOST_DRAWS = 1e7;

/**
 * The mean of trees, each grown on rows that it draws with replacement: by their weights, where they have any.
 *
 * Source: Breiman 2001; scikit-learn 1.9, `RandomForestRegressor`.
 */
export const randomForest: Estimator<typeof params, ForestState> = {
  title: 'Random forest',
  tasks: ['regression'],
  params,
  encoding: { categories: 'one-hot', numbers: 'raw', missing: 'imputed' },
  weighted: true,
  checkParams({ bootstrap, max_samples, oob_score }) {
    if (!bootstrap && (oob_score || max_samples !== null))
      throw new ParamError(
        'random_forest’s oob_score and max_samples are about rows that are drawn: set bootstrap to true, or leave them out',
      );
  },
  fit({ x, y, weights: given, params: values, seed, onRound }) {
    checkTargets(values.criterion, y);
    const random = createRandom(scrambled(seed));
    const grower = new ExactGrower(ranksFor(x, values.splitter), exactRules(values.criterion, values, x));
    const builder = new TreeBuilder();
    const weights = rowWeights(x.rows, given);
    const samples = samplesOf(values.max_samples, x.rows, given);
    const draw = (random: Random) =>
      given ? drawByChance(weights, samples, random) : drawEvenly(x.rows, samples, random);
    const drawn: Uint8Array[] = [];
    const scaled = scaleTargets(y, values.criterion === 'poisson');
    for (let tree = 0; tree < values.n_estimators; tree++) {
      const counts = values.bootstrap ? draw(random) : weights;
      grower.grow(builder, { y: scaled.y, weights: counts }, random);
      if (values.oob_score && values.bootstrap) drawn.push(Uint8Array.from(counts, (count) => Math.min(count, 1)));
      onRound?.(tree + 1, values.n_estimators);
    }
    const trees = unscaleLeaves(builder.build(), scaled);
    return { trees, oob_score: drawn.length > 0 ? outOfBagScore(trees, drawn, { x, y, weights }) : null };
  },
  predict: ({ trees }, x) => meanOfTrees(trees, x, sumTrees(trees, x, 0)),
  contributions: ({ trees }, x, threads) => treeContributions(trees, x, { scale: 1 / trees.roots.length, threads }),
  staged: {
    rounds: 'n_estimators',
    count: ({ trees }) => trees.roots.length,
    predict: ({ trees }, x, rounds) =>
      stagedSums(trees, x, 0, rounds).map((sums, k) => meanOfTrees(firstTrees(trees, rounds[k]!), x, sums)),
  },
};

/** @param sums those of the trees, which become their means */
function meanOfTrees(trees: Trees, x: Matrix, sums: Float64Array): Predictions {
  const count = trees.roots.length;
  // A sum may overflow where the mean does not.
  if (!sums.every(Number.isFinite)) return oneOutput(sumTrees(unscaleLeaves(trees, { origin: 0, unit: count }), x, 0));
  for (let i = 0; i < sums.length; i++) sums[i]! /= count;
  return oneOutput(sums);
}

/**
 * How many rows a tree draws.
 *
 * Source: scikit-learn 1.9, `_get_n_samples_bootstrap`.
 *
 * @throws DataError where a share of the weights' sum is too many to draw
 */
function samplesOf(given: number | null, rows: number, weights: Float64Array | undefined): number {
  if (given === null) return rows;
  if (given > 1) return Math.floor(given);
  const all = weights?.reduce((sum, weight) => sum + weight, 0) ?? rows;
  const samples = Math.max(1, Math.floor(given * all));
  if (weights && samples > Math.max(rows, MOST_DRAWS)) {
    throw new DataError(
      `max_samples ${given} is a share of the weights’ sum, ${all}: it would draw ${samples} rows for each tree. ` +
        'Give the number of rows to draw, or leave it out to draw as many as there are',
    );
  }
  return samples;
}

/** Counts how often each row is drawn, all having the same chance. */
function drawEvenly(rows: number, samples: number, random: Random): Float64Array {
  const counts = new Float64Array(rows);
  for (let k = 0; k < samples; k++) counts[random.below(rows)]! += 1;
  return counts;
}

function outOfBagScore(
  trees: Trees,
  drawn: readonly Uint8Array[],
  { x, y, weights }: LabelledRows & { readonly weights: Float64Array },
): number | null {
  const sums = new Float64Array(x.rows);
  const counts = new Uint32Array(x.rows);
  drawn.forEach((isDrawn, tree) => {
    applyTree(trees, tree, x).forEach((leaf, row) => {
      if (isDrawn[row] === 1) return;
      sums[row]! += trees.threshold[leaf]!;
      counts[row]! += 1;
    });
  });
  const rows = Array.from(counts.keys()).filter((row) => counts[row]! > 0 && weights[row]! > 0);
  if (rows.length === 0) return null;
  return regressionScores(
    Float64Array.from(rows, (row) => y[row]!),
    Float64Array.from(rows, (row) => sums[row]! / counts[row]!),
    Float64Array.from(rows, (row) => weights[row]!),
  ).r2;
}

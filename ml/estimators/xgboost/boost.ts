import { EarlyStopping, sinceLowest } from '../../core/early-stopping.ts';
import { DataError } from '../../core/errors.ts';
import type { Matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import { ColumnSampler } from '../../trees/binned/column-sampler.ts';
import { type GrowRules, TreeGrower } from '../../trees/binned/grow.ts';
import type { LeafRule } from '../../trees/binned/leaves.ts';
import { TreeBuilder, type Trees } from '../../trees/trees.ts';
import type { Training } from '../estimator.ts';
import type { Link, Loss } from '../losses/loss.ts';
import { directionsOf } from './directions.ts';
import { FLOAT32_LIMITS, type Rows } from './learning-rows.ts';
import { checkTargets, maxDeltaStep, type Objective, objectiveOf } from './objectives.ts';
import type { params, XgboostParams } from './params.ts';
import { quantile } from './quantile.ts';
import { Validation } from './validation.ts';

export interface Boosted {
  /** What the trees' sum starts from: a raw prediction. */
  readonly base: number;
  readonly trees: Trees;
}

type Fitting = Pick<Training<typeof params>, 'params' | 'threads' | 'onRound'>;

/**
 * Grows trees one after the other, each on the gradients that those before have left.
 *
 * @param held rows that tell when there are enough
 */
export function boostTrees(
  learned: Rows,
  held: Rows | undefined,
  random: Random,
  { params: values, threads = 1, onRound }: Fitting,
): Boosted {
  const objective = objectiveOf(values);
  const { loss } = objective;
  checkTargets(values.objective, objective, learned);
  const start = Math.fround(values.base_score ?? objective.start(learned));
  const base = loss.link === 'log' ? Math.fround(Math.log(start)) : start;
  if (loss.link === 'identity') checkSpread(learned.targets, base);
  const hasHessian = loss.hessian !== undefined || learned.weights !== undefined;
  const grower = new TreeGrower(learned.x, growRules(values, learned.x), {
    hasHessian,
    weights: learned.weights,
    threads,
  });
  try {
    const builder = new TreeBuilder();
    const columns = columnSampler(learned.x.columns, values, random);
    const leafRule = leafRuleOf(objective, learned, grower.predictions);
    const validation = held && new Validation(loss, held, base);
    const stopping = new EarlyStopping(sinceLowest(values.early_stopping_rounds ?? Infinity));
    grower.predictions.fill(base);
    for (let tree = 0; tree < values.n_estimators && !stopping.isOver; tree++) {
      drawRows(grower.drawn, values.subsample, random);
      differentiate(loss, learned, grower);
      columns.beginTree();
      grower.grow(builder, columns, leafRule);
      if (validation) stopping.add(validation.add(builder.view()));
      onRound?.(tree + 1, values.n_estimators);
    }
    return { base, trees: builder.build(validation && stopping.best) };
  } finally {
    grower.close();
  }
}

/** Writes the gradients and hessians of all rows. */
function differentiate(
  { gradient, hessian }: Loss,
  { targets, weights }: Rows,
  { predictions, gradients, hessians }: TreeGrower,
): void {
  for (let i = 0; i < targets.length; i++) gradients[i] = gradient(targets[i]!, predictions[i]!);
  if (!hessians) return;
  if (hessian) for (let i = 0; i < targets.length; i++) hessians[i] = hessian(targets[i]!, predictions[i]!);
  else hessians.fill(1);
  if (!weights) return;
  for (let i = 0; i < weights.length; i++) {
    gradients[i]! *= weights[i]!;
    hessians[i]! *= weights[i]!;
  }
}

/** Leaves of a loss without curvature take a quantile of what is missing of their rows' targets. */
function leafRuleOf(
  { leafQuantile }: Objective,
  { targets, weights }: Rows,
  predictions: Float32Array,
): LeafRule | undefined {
  if (leafQuantile === undefined) return undefined;
  return (rows) => {
    const missing = Float32Array.from(rows, (row) => targets[row]! - predictions[row]!);
    return quantile(missing, weights && Float32Array.from(rows, (row) => weights[row]!), leafQuantile);
  };
}

function growRules(values: XgboostParams, x: Matrix): GrowRules {
  return {
    policy: values.grow_policy,
    maxDepth: values.max_depth,
    maxLeaves: values.max_leaves,
    alpha: values.reg_alpha,
    lambda: values.reg_lambda,
    gamma: values.gamma,
    minChildWeight: values.min_child_weight,
    maxDeltaStep: maxDeltaStep(values),
    learningRate: values.learning_rate,
    maxBins: values.max_bin,
    directions: directionsOf(values, x),
  };
}

function columnSampler(columns: number, values: XgboostParams, random: Random): ColumnSampler {
  const shares = {
    byTree: values.colsample_bytree,
    byLevel: values.colsample_bylevel,
    byNode: values.colsample_bynode,
  };
  return new ColumnSampler(columns, shares, random);
}

/** Draws rows anew, each with the same chance. */
function drawRows(drawn: Uint8Array, subsample: number, random: Random): void {
  if (subsample === 1) return;
  for (let i = 0; i < drawn.length; i++) drawn[i] = random.uniform() < subsample ? 1 : 0;
}

/** @throws DataError where what is missing of a target is too large */
function checkSpread(targets: Float32Array, base: number): void {
  const row = targets.findIndex((target) => !Number.isFinite(Math.fround(target - base)));
  if (row === -1) return;
  throw new DataError(
    `the target of row ${row} is ${targets[row]}, too far from ${base}, where predictions start; ${FLOAT32_LIMITS}`,
  );
}

/** Raw predictions as the link has them, in place; float32, as the reference's. */
export function applyLink(link: Link, raw: Float64Array): Float64Array {
  if (link === 'log') for (let i = 0; i < raw.length; i++) raw[i] = Math.fround(Math.exp(raw[i]!));
  return raw;
}

import { DataError } from '../../core/errors.ts';
import type { TreeGrower } from '../../trees/binned/grow.ts';
import type { LeafRule } from '../../trees/binned/leaves.ts';
import type { Link, Loss } from '../losses/loss.ts';
import type { BoostingObjective } from './boosting-objective.ts';
import { FLOAT32_LIMITS, type Rows } from './learning-rows.ts';
import { checkTargets, maxDeltaStep, objectiveOf } from './objectives.ts';
import type { XgboostParams } from './params.ts';
import { quantile } from './quantile.ts';

/** What a regressor lessens: a loss of one output. @throws DataError where targets are none that it is for, or too far apart */
export function numericObjective(values: XgboostParams, learned: Rows): BoostingObjective {
  const objective = objectiveOf(values);
  const { loss, leafQuantile } = objective;
  checkTargets(values.objective, objective, learned);
  const start = Math.fround(values.base_score ?? objective.start(learned));
  const base = loss.link === 'log' ? Math.fround(Math.log(start)) : start;
  if (loss.link === 'identity') checkSpread(learned.targets, base);
  const hasHessian = loss.hessian !== undefined || learned.weights !== undefined;
  return {
    bases: [base],
    grower: { layout: hasHessian ? 'paired' : 'counted' },
    maxDeltaStep: maxDeltaStep(values),
    differentiate: (grower) => differentiate(loss, learned, grower),
    ...(leafQuantile !== undefined && {
      leafRule: (grower: TreeGrower) => quantileRule(leafQuantile, learned, grower),
    }),
    lossOf: (rows, [raw]) => sumOfLosses(loss, rows, raw!),
  };
}

/** Writes the gradients and hessians of all rows. */
function differentiate({ gradient, hessian }: Loss, { targets, weights }: Rows, { outputs }: TreeGrower): void {
  const { predictions, gradients, hessians } = outputs[0]!;
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
function quantileRule(share: number, { targets, weights }: Rows, { outputs }: TreeGrower): LeafRule {
  const { predictions } = outputs[0]!;
  return (rows) => {
    const missing = Float32Array.from(rows, (row) => targets[row]! - predictions[row]!);
    return quantile(missing, weights && Float32Array.from(rows, (row) => weights[row]!), share);
  };
}

/** A row's loss is float32, as in the reference. */
function sumOfLosses(loss: Loss, { targets, weights }: Rows, raw: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < targets.length; i++) {
    sum += Math.fround(loss.value(targets[i]!, raw[i]!) * (weights ? weights[i]! : 1));
  }
  return sum;
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

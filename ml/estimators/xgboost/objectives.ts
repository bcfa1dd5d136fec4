import { DataError, ParamError } from '../../core/errors.ts';
import { absoluteError } from '../losses/absolute-error.ts';
import { gamma } from '../losses/gamma.ts';
import type { Loss } from '../losses/loss.ts';
import { poisson } from '../losses/poisson.ts';
import { pseudoHuberError } from '../losses/pseudo-huber-error.ts';
import { quantileError } from '../losses/quantile-error.ts';
import { squaredError } from '../losses/squared-error.ts';
import { tweedie } from '../losses/tweedie.ts';
import type { Rows } from './learning-rows.ts';
import type { XgboostParams } from './params.ts';
import { quantile } from './quantile.ts';

/** A loss, and how XGBoost boosts with it. */
export interface Objective {
  readonly loss: Loss;
  /** What predictions start from, in the targets' unit. */
  start(rows: Rows): number;
  /** The quantile of what is missing that a leaf takes as its value; Newton's step where it is left out. */
  readonly leafQuantile?: number;
  /** What targets must be, where not any number does. */
  readonly targets?: { readonly fit: (target: number) => boolean; readonly words: string };
}

type Name = XgboostParams['objective'];

/** Source: XGBoost 3.2, `src/objective/`. */
const objectives: { readonly [N in Name]: (params: XgboostParams) => Objective } = {
  'reg:squarederror': () => ({ loss: squaredError, start: meanTarget }),
  'reg:absoluteerror': () => ({ loss: absoluteError, start: quantileTarget(0.5), leafQuantile: 0.5 }),
  'reg:pseudohubererror': ({ huber_slope }) => {
    const loss = pseudoHuberError(Math.fround(huber_slope));
    return { loss, start: (rows) => newtonStep(loss, rows) };
  },
  'reg:quantileerror': ({ quantile_alpha }) => {
    const alpha = Math.fround(quantile_alpha ?? 0.5);
    return { loss: quantileError(alpha), start: quantileTarget(alpha), leafQuantile: alpha };
  },
  'count:poisson': (params) => ({ loss: poisson(maxDeltaStep(params)), start: meanTarget, targets: notNegative }),
  'reg:gamma': () => ({ loss: gamma, start: meanTarget, targets: positive }),
  'reg:tweedie': ({ tweedie_variance_power }) => ({
    loss: tweedie(Math.fround(tweedie_variance_power)),
    start: meanTarget,
    targets: notNegative,
  }),
};

export const objectiveOf = (params: XgboostParams): Objective => objectives[params.objective](params);

/** The limit of leaf values: without one, counts may grow without bound. */
export const maxDeltaStep = ({ max_delta_step, objective }: XgboostParams) =>
  Math.fround(max_delta_step ?? (objective === 'count:poisson' ? 0.7 : 0));

/** @throws ParamError where a parameter does not go with the objective */
export function checkObjective(params: XgboostParams): void {
  const { objective, quantile_alpha, base_score } = params;
  if (objective === 'reg:quantileerror' && quantile_alpha === null)
    throw new ParamError('reg:quantileerror needs quantile_alpha: 0.9, say, for what nine of ten targets stay below');
  if (base_score !== null && base_score <= 0 && objectiveOf(params).loss.link === 'log')
    throw new ParamError(`${objective} predicts numbers above 0, so base_score must be above 0; it is ${base_score}`);
}

/** @throws DataError where targets are none that the objective is for */
export function checkTargets(name: Name, { targets }: Objective, rows: Rows): void {
  if (!targets) return;
  const row = rows.targets.findIndex((target) => !targets.fit(target));
  const remedy = 'Take another objective, such as reg:squarederror';
  if (row !== -1)
    throw new DataError(`the target of row ${row} is ${rows.targets[row]}; ${name} is for ${targets.words}. ${remedy}`);
  if (rows.targets.every((target, i) => target === 0 || rows.weights?.[i] === 0))
    throw new DataError(`every target is 0; ${name} is for targets some of which are above 0. ${remedy}`);
}

const notNegative = { fit: (target: number) => target >= 0, words: 'targets of at least 0' };
const positive = { fit: (target: number) => target > 0, words: 'targets above 0' };

function meanTarget({ targets, weights }: Rows): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < targets.length; i++) {
    const weight = weights ? weights[i]! : 1;
    sum += targets[i]! * weight;
    total += weight;
  }
  return sum / total;
}

const quantileTarget =
  (share: number) =>
  ({ targets, weights }: Rows) =>
    quantile(targets.slice(), weights, share);

/** XGBoost's, for the step to what predictions start from. */
const SMALLEST_HESSIAN = 1e-6;

/** Newton's step from 0. */
function newtonStep({ gradient, hessian = () => 1 }: Loss, { targets, weights }: Rows): number {
  let gradients = 0;
  let hessians = 0;
  targets.forEach((target, i) => {
    const weight = weights ? weights[i]! : 1;
    gradients += Math.fround(gradient(target, 0)) * weight;
    hessians += Math.fround(hessian(target, 0)) * weight;
  });
  return -gradients / Math.max(hessians, SMALLEST_HESSIAN);
}

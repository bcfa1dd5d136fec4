import type { Random } from '../../ml/core/random.ts';
import type { ParamSpec, ParamSpecs, ParamValue } from '../../ml/estimators/params.ts';
import type { Params } from './problem.ts';
import { chance, magnitude, oneOf, short, shortNormal } from './streams.ts';

type NumberSpec = Extract<ParamSpec, { readonly min: number }>;

/** Where the range goes on past what a problem has time for, or past what makes any difference. */
const enough: Readonly<Record<string, number>> = {
  n_estimators: 40,
  iterations: 40,
  max_iter: 20_000,
  // Past it the penalty is as none.
  C: 1000,
  // Past it weights pass float32, in which the reference has them.
  bagging_temperature: 30,
  n_neighbors: 40,
  depth: 7,
  max_depth: 12,
  max_leaves: 30,
  max_ctr_complexity: 4,
  leaf_estimation_iterations: 10,
  n_iter_no_change: 15,
  early_stopping_rounds: 15,
  od_wait: 15,
};

/** How many trees there are: the default is more than a problem has time for. */
export const treeCounts: readonly string[] = ['n_estimators', 'iterations'];

/** Below 1 a share, above a number of rows or columns. */
const sharesOrCounts = ['min_samples_split', 'min_samples_leaf', 'max_features', 'max_samples'];

/** A parameter that others switch off is not set: it is refused then, or nothing is made of it. */
const switchedOff: Readonly<Record<string, (params: Params) => boolean>> = {
  subsample: ({ bootstrap_type }) => bootstrap_type === 'No' || bootstrap_type === 'Bayesian',
  bagging_temperature: ({ bootstrap_type }) => bootstrap_type !== 'Bayesian',
  max_samples: ({ bootstrap }) => bootstrap === false,
  oob_score: ({ bootstrap }) => bootstrap === false,
  quantile_alpha: ({ objective }) => objective !== 'reg:quantileerror',
  huber_slope: ({ objective }) => objective !== 'reg:pseudohubererror',
  tweedie_variance_power: ({ objective }) => objective !== 'reg:tweedie',
  od_wait: ({ eval_fraction }) => !eval_fraction,
  use_best_model: ({ eval_fraction }) => !eval_fraction,
};

/**
 * Draws the parameters that are set, from the ranges that their specs state; every other one stays at its default.
 *
 * @param fixed What is not drawn. @param streams A stream of its own for each name, so that a new parameter moves none.
 */
export function drawParams(specs: ParamSpecs, fixed: Params, streams: (name: string) => Random): Params {
  const params: Record<string, ParamValue> = {};
  for (const [name, spec] of Object.entries(specs)) {
    const random = streams(name);
    const isSet = chance(random, treeCounts.includes(name) ? 0.95 : 0.3);
    const value = Object.hasOwn(fixed, name)
      ? (fixed[name] as ParamValue)
      : isSet
        ? draw(name, spec, random)
        : spec.default;
    if (value !== spec.default) params[name] = value;
  }
  if (params.objective === 'reg:quantileerror') params.quantile_alpha ??= 0.7;
  // At 1 the reference's metric divides by 0, and it stops at once.
  if (params.early_stopping_rounds && params.tweedie_variance_power === 1) params.tweedie_variance_power = 1.2;
  // What is predicted as a power of e starts above 0.
  if (isOfPositive(params) && typeof params.base_score === 'number')
    params.base_score = Math.abs(params.base_score) || 1;
  return Object.fromEntries(Object.entries(params).filter(([name]) => switchedOff[name]?.(params) !== true));
}

/** Whether a loss is for targets of at least 0, not all of them 0. */
export const isOfPositive = ({ objective }: Params) =>
  objective === 'count:poisson' || objective === 'reg:gamma' || objective === 'reg:tweedie';

function draw(name: string, spec: ParamSpec, random: Random): ParamValue {
  // Columns are not drawn yet.
  if (spec.type === 'columns') return null;
  if (spec.nullable && chance(random, 0.2)) return null;
  if (spec.type === 'boolean') return chance(random, 0.5);
  if (spec.type === 'choice') return oneOf(random, spec.choices as [string, ...string[]]);
  if (spec.words && chance(random, 0.3)) return oneOf(random, spec.words as [string, ...string[]]);
  const value = drawNumber(name, spec, random);
  return Math.min(Math.max(value, spec.min), spec.max);
}

function drawNumber(name: string, spec: NumberSpec, random: Random): number {
  const { type, min } = spec;
  const max = Math.min(spec.max, enough[name] ?? Infinity);
  if (sharesOrCounts.includes(name)) {
    return chance(random, 0.5) ? Math.min(0.99, short(random.uniform(), 2)) : magnitude(random, 2, 30);
  }
  if (treeCounts.includes(name)) return chance(random, 0.4) ? 1 + random.below(4) : magnitude(random, 5, max);
  if (chance(random, 0.06)) return min;
  if (chance(random, 0.06)) return max;
  if (type === 'integer') return magnitude(random, Math.max(1, min), max);
  const middle = typeof spec.default === 'number' ? spec.default : 0;
  if (max <= 1 && (middle === 0 || middle >= 0.01)) return short(min + (max - min) * random.uniform(), 3);
  if (min < 0) return short(shortNormal(random) * 10 ** (4 * random.uniform() - 2), 3);
  return short((middle || 0.1) * 10 ** (5 * random.uniform() - 3), 2);
}

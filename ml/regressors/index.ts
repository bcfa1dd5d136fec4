import { ParamError } from '../errors.ts';
import { catboost } from './catboost.ts';
import { checked } from './checked.ts';
import { knn } from './knn.ts';
import { linear } from './linear.ts';
import { mean } from './mean.ts';
import { type GivenParams, resolveParams } from './params.ts';
import type { Regressor } from './regressor.ts';

/** Every regressor by the name that command lines and releases use. A new one is a file and a line. */
const registry = { linear, knn, catboost, mean };

/** Those that are tried only when asked for by name, and why. */
const onlyByName: readonly string[] = [];

/** The one that every other must beat. */
export const BASELINE = 'mean';

/** Every regressor's name, in the order in which they are tried. */
export const regressorNames: readonly string[] = Object.keys(registry);

/** Those that are tried when nobody says which. */
export const lineUp: readonly string[] = regressorNames.filter((name) => !onlyByName.includes(name));

const regressors = new Map<string, Regressor>(
  // Each knows the type of its own parameters and state; who goes by name knows neither.
  Object.entries(registry).map(([name, regressor]) => [name, checked(name, regressor as unknown as Regressor)]),
);

/**
 * The regressor with this name.
 *
 * @throws ParamError if there is none.
 */
export function regressorNamed(name: string): Regressor {
  const regressor = regressors.get(name);
  if (regressor) return regressor;
  throw new ParamError(`there is no regressor ${JSON.stringify(name)}; there are: ${regressorNames.join(', ')}`);
}

/**
 * Checks parameters given by regressor and name.
 *
 * @throws ParamError if a regressor or a parameter is unknown, or a value out of range.
 */
export function checkGivenParams(given: GivenParams): void {
  for (const [model, values] of Object.entries(given)) {
    const { params } = regressorNamed(model);
    if (typeof values !== 'object' || values === null || Array.isArray(values))
      throw new ParamError(`the parameters of ${model} must be an object of names and values`);
    resolveParams(model, params, values);
  }
}

import { ParamError } from '../errors.ts';
import { knn } from './knn.ts';
import { linear } from './linear.ts';
import { mean } from './mean.ts';
import type { Regressor } from './regressor.ts';

/** Every regressor by the name that command lines and releases use. A new one is a file and a line. */
const registry = { linear, knn, mean };

/** The one that every other must beat. */
export const BASELINE = 'mean';

/** Every regressor's name, in the order in which they are tried. */
export const regressorNames: readonly string[] = Object.keys(registry);

/**
 * The regressor with this name.
 *
 * @throws ParamError if there is none.
 */
export function regressorNamed(name: string): Regressor {
  if (!Object.hasOwn(registry, name)) {
    throw new ParamError(`there is no regressor ${JSON.stringify(name)}; there are: ${regressorNames.join(', ')}`);
  }
  // Each knows the type of its own parameters and state; who goes by name knows neither.
  return registry[name as keyof typeof registry] as unknown as Regressor;
}

import { DataError, ParamError } from '../core/errors.ts';
import { estimatorNamed, estimatorNames, paramsOf } from '../estimators/index.ts';
import type { GivenParams, ParamValues } from '../estimators/params.ts';
import type { Evaluated, Failed } from '../release/manifest.ts';
import { type CrossValidation, crossValidate, type Folds } from './cross-validation.ts';

const LONGEST_REASON = 500;

/** An estimator with its parameters: what is tried. */
export interface Candidate {
  readonly model: string;
  readonly params: ParamValues;
}

/**
 * The candidates of some estimators, in the registry's order whatever theirs.
 *
 * @throws ParamError if an estimator is unknown, or parameters are wrong
 */
export function candidatesOf(models: readonly string[], given: GivenParams): Candidate[] {
  for (const model of models) estimatorNamed(model);
  return estimatorNames
    .filter((model) => models.includes(model))
    .map((model) => ({ model, params: paramsOf(model, given[model]) }));
}

/** What came of a candidate; one that cannot be fitted or scored has failed, and is no trouble to the others. */
export function evaluate(
  candidate: Candidate,
  folds: Folds,
  options: CrossValidation,
): { entry: Evaluated; error?: unknown } {
  const { model, params } = candidate;
  try {
    return {
      entry: { status: 'scored', model, params, cv: crossValidate(estimatorNamed(model), params, folds, options) },
    };
  } catch (error) {
    return { entry: failed(candidate, error), error };
  }
}

export function failed({ model, params }: Candidate, error: unknown): Failed {
  const reason = reasonOf(error).replaceAll(/\s+/g, ' ').trim();
  return {
    status: 'failed',
    model,
    params,
    reason: reason.length > LONGEST_REASON ? `${reason.slice(0, LONGEST_REASON - 1)}…` : reason,
  };
}

/** Best first, those that failed last; of equals the first in the registry. */
export function rank(entries: readonly Evaluated[]): Evaluated[] {
  const key = (entry: Evaluated) => (entry.status === 'scored' ? entry.cv.r2 : -Infinity);
  const place = ({ model }: Evaluated) => estimatorNames.indexOf(model);
  // A difference of infinities would be NaN.
  return entries.toSorted((a, b) => Number(key(b) > key(a)) - Number(key(a) > key(b)) || place(a) - place(b));
}

function reasonOf(error: unknown): string {
  if (error instanceof ParamError) return error.message;
  if (error instanceof DataError) {
    const [first] = error.issues;
    const column = first?.keys?.findLast((key) => typeof key === 'string');
    return [error.message, column, first?.message].filter((part) => part !== undefined).join(': ');
  }
  // V8's words for an array that cannot be made.
  if (error instanceof RangeError && /allocation failed|Invalid (typed )?array length|memory/i.test(error.message))
    return `it needs more memory than there is (${error.message})`;
  return `an error in Plumbline itself: ${error}`;
}

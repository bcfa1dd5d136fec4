import type { TaskKind } from '../data/task-kind.ts';
import { estimatorNamed, estimatorNames, paramsOf } from '../estimators/index.ts';
import type { GivenParams, ParamValues } from '../estimators/params.ts';
import type { Recipe } from '../features/recipe.ts';

/** An estimator with its parameters, and the features it learns from: what is tried. */
export interface Candidate {
  readonly model: string;
  readonly params: ParamValues;
  /** What is made of the columns, beside them. @default nothing */
  readonly features?: readonly Recipe[] | undefined;
}

/**
 * The candidates of some estimators that learn a task, in the registry's order whatever theirs.
 *
 * @throws ParamError if an estimator is unknown, or parameters are wrong
 */
export function candidatesOf(task: TaskKind, models: readonly string[], given: GivenParams = {}): Candidate[] {
  for (const model of models) estimatorNamed(model, task);
  return estimatorNames
    .filter((model) => models.includes(model))
    .map((model) => ({ model, params: paramsOf(model, task, given[model]) }));
}

/**
 * The seed of the fits of a model's candidates, in the folds and on all rows: from 0 to below 2³¹. It derives from the training's seed
 * and the estimator alone, not from the order of the candidates or the thread; nor from the parameters, so that fewer
 * rounds of one fit are what a fit of fewer rounds would give.
 *
 * Source: Fowler, Noll and Vo, FNV-1a.
 *
 * @param draw which of several fits of the same rows
 */
export function candidateSeed(seed: number, model: string, draw = 0): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(draw === 0 ? `${seed} ${model}` : `${seed} ${model} ${draw}`))
    hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 1;
}

import { ParamError } from '../../core/errors.ts';
import { RandomStream } from '../../core/random-stream.ts';
import { type Boosted, boost } from '../../trees/oblivious/boosting/boost.ts';
import type { Training } from '../estimator.ts';
import { classWeightsOf, weighByClass } from './class-weights.ts';
import { rowsWithWeight, split } from './learning-rows.ts';
import { defaultsFor } from './loss-defaults.ts';
import { type AnyParams, optionsOf } from './options.ts';

/** @throws ParamError where rows are needed that are held out, and there are none */
export function checkHeldOut({ od_wait, use_best_model, eval_fraction }: AnyParams, hasValidation: boolean): void {
  const given = od_wait !== null ? 'od_wait' : use_best_model ? 'use_best_model' : undefined;
  if (given !== undefined && eval_fraction === 0 && !hasValidation)
    throw new ParamError(
      `catboost’s ${given} needs rows that are held out: set eval_fraction above 0, or ${given} to null`,
    );
}

/** Learns numbers, or, where `classes` says how many there are, classes. */
export function fitTrees(training: Omit<Training, 'params'>, values: AnyParams): Boosted {
  const { validation, classes, seed, threads, onRound, ...labelled } = training;
  const random = new RandomStream(seed);
  const rows = rowsWithWeight(labelled);
  const { learned, held } = validation
    ? { learned: rows, held: rowsWithWeight(validation) }
    : split(rows, values, classes !== undefined, random);
  if (held === null && values.use_best_model)
    throw new ParamError(
      `catboost’s use_best_model needs a row that is held out, and of ${rows.x.rows} eval_fraction ${values.eval_fraction} holds out none: raise it, or set use_best_model to null`,
    );
  const byClass =
    classes !== undefined && 'auto_class_weights' in values ? classWeightsOf(values, learned, classes) : undefined;
  return boost(
    weighByClass(learned, byClass),
    held && weighByClass(held, byClass),
    optionsOf(values, learned, held, defaultsFor(classes)),
    random,
    { threads, onRound },
  );
}

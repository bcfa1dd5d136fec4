// Both sides of a random problem.

import { DataError, ParamError } from '../../ml/core/errors.ts';
import { estimatorNamed } from '../../ml/estimators/index.ts';
import { resolveParams } from '../../ml/estimators/params.ts';
import type { Process } from '../process.ts';
import { familyOf } from './families.ts';
import { problemOfSeed } from './moved-rounding.ts';
import { type Problem, plainProblem, taskOf } from './problem.ts';

/** What a side predicts for the rows held out, with each seed (of classes the probability of each, row after row); or why it learns nothing from such a problem. */
export type Reply =
  | { readonly predictions: readonly Float64Array[]; readonly refused?: never }
  | { readonly refused: string; readonly predictions?: never };

/** Seeds from one to below another. */
export interface Seeds {
  readonly from: number;
  readonly to: number;
}

export function askOurs(problem: Problem, { from, to }: Seeds): Reply {
  const { model, params, holdoutX } = problem;
  const estimator = estimatorNamed(model, taskOf(problem));
  try {
    const values = resolveParams(model, estimator.params, params);
    const predictions: Float64Array[] = [];
    for (let seed = from; seed < to; seed++) {
      const { x, y, weights, classes } = problemOfSeed(problem, seed);
      const state = estimator.fit({ x, y, weights, classes, params: values, seed });
      predictions.push(estimator.predict(state, holdoutX).values);
    }
    return { predictions };
  } catch (error) {
    if (error instanceof DataError || error instanceof ParamError) return { refused: error.message };
    // No refusal, but a fault: it is listed as what it says.
    return { refused: `a fault: ${error instanceof Error ? error.message : error}` };
  }
}

/** A problem that may be put otherwise, so that rounding falls otherwise. */
type Variant = Problem & { readonly variant?: number };

/** The references, in a process that is started once, and anew where one of them has ended it. */
export class References {
  readonly #start: () => Process;
  #process: Process | undefined;

  constructor(start: () => Process) {
    this.#start = start;
  }

  /** @param problem Its `variant` asks the same otherwise: with other names of levels, or by another solver. */
  async ask(problem: Variant, { from, to }: Seeds): Promise<Reply> {
    const seeds = Array.from({ length: to - from }, (_, i) => from + i);
    if (!familyOf(problem).roundingBySeed) return this.#askOnce(problem, seeds);
    const predictions: Float64Array[] = [];
    for (const seed of seeds) {
      const reply = await this.#askOnce(problemOfSeed(problem, seed), [seed]);
      if (reply.refused !== undefined) return reply;
      predictions.push(...reply.predictions);
    }
    return { predictions };
  }

  async #askOnce(problem: Variant, seeds: readonly number[]): Promise<Reply> {
    this.#process ??= this.#start();
    try {
      const answer = await this.#process.ask<Answer>({
        ...plainProblem(problem),
        op: 'predict',
        seeds,
        variant: problem.variant ?? 0,
      });
      if (answer.refused !== undefined) return { refused: answer.refused };
      // JSON has no NaN and no infinity: null is what is not finite.
      return { predictions: answer.predictions.map((row) => Float64Array.from(row, (value) => value ?? Number.NaN)) };
    } catch (error) {
      this.close();
      return { refused: `the reference ended: ${error instanceof Error ? error.message : error}` };
    }
  }

  close(): void {
    this.#process?.close();
    this.#process = undefined;
  }
}

type Answer =
  | { readonly predictions: readonly (readonly (number | null)[])[]; readonly refused?: never }
  | { readonly refused: string; readonly predictions?: never };

import { availableParallelism } from 'node:os';
import type { FitContext } from '../fit-job.ts';
import { costOf, sizeOf } from './auto/cost.ts';
import type { Outcome, Proposal } from './strategy.ts';

/** What is kept of a budget for the fits on all rows, intervals, importance and the release: a share of it, within limits, in seconds. */
const RESERVED = 0.15;
const LEAST_RESERVED = 0.5;
const MOST_RESERVED = 20;

/** The time that a training may take. Its search ends in time for what comes after it. */
export class Budget {
  readonly seconds: number;
  readonly #start: number;
  /** What fits took and what they should cost, of each model. */
  readonly #speeds = new Map<string, { seconds: number; cost: number }>();

  /** @param start when the training began, by `performance.now()` */
  constructor(seconds: number, start = performance.now()) {
    this.seconds = seconds;
    this.#start = start;
  }

  /** The seconds that a search has left; below 0 once they are over. */
  get secondsLeft(): number {
    const reserved = Math.min(MOST_RESERVED, Math.max(LEAST_RESERVED, RESERVED * this.seconds));
    return this.seconds - reserved - (performance.now() - this.#start) / 1000;
  }

  /** Aborted when a search has no time left. */
  signal(): AbortSignal {
    return AbortSignal.timeout(Math.max(0, Math.round(this.secondsLeft * 1000)));
  }

  /** Whether there is time for a proposal, by what fits of its model took; one of a model that is not known is let in. */
  fits({ fit, folds, how }: Proposal, context: FitContext): boolean {
    const speed = this.#speeds.get(fit.fitted.model);
    if (!speed || speed.cost === 0) return this.secondsLeft > 0;
    const each = (costOf(fit.fitted, sizeOf(context, how.rows)) * speed.seconds) / speed.cost;
    return each * Math.ceil(folds.length / availableParallelism()) < this.secondsLeft;
  }

  /** Takes what the fits of a proposal took. */
  observe({ proposal: { fit, how }, results: [results] }: Outcome, context: FitContext): void {
    if (!results || 'reason' in results) return;
    const speed = this.#speeds.get(fit.fitted.model) ?? { seconds: 0, cost: 0 };
    for (const { fitSeconds, predictSeconds } of results) {
      speed.seconds += fitSeconds + predictSeconds;
      speed.cost += costOf(fit.fitted, sizeOf(context, how.rows));
    }
    this.#speeds.set(fit.fitted.model, speed);
  }
}

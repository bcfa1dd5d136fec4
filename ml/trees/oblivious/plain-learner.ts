import type { Fold } from './fold.ts';
import type { Fitting, Learner } from './learner.ts';
import { leafValues } from './leaves.ts';
import type { PlainStatistics } from './plain-statistics.ts';

/** Plain boosting: one model, fitted to all rows and evaluated on the same. */
export class PlainLearner implements Learner {
  readonly fold: Fold;
  readonly #fitting: Fitting;
  readonly #approx: Float64Array;
  readonly #gradients: Float64Array;
  readonly #statistics: PlainStatistics | undefined;

  /** @param statistics shared by learners that take turns; only who never does goes without */
  constructor(fold: Fold, fitting: Fitting, statistics?: PlainStatistics) {
    this.#statistics = statistics;
    const rows = fitting.target.length;
    this.fold = fold;
    this.#fitting = fitting;
    this.#approx = new Float64Array(rows).fill(fitting.start);
    this.#gradients = new Float64Array(rows);
  }

  gradients(): Float64Array {
    const { target } = this.#fitting;
    const approx = this.#approx;
    const gradients = this.#gradients;
    for (let i = 0; i < target.length; i++) gradients[i] = target[i]! - approx[i]!;
    return gradients;
  }

  deviation(): number {
    let squares = 0;
    const gradients = this.#gradients;
    for (let i = 0; i < gradients.length; i++) squares += gradients[i]! * gradients[i]!;
    return Math.sqrt(squares / gradients.length);
  }

  sampled(weights: Float64Array): PlainStatistics {
    const statistics = this.#statistics;
    if (statistics === undefined) throw new Error('no trees are grown for this learner');
    statistics.begin(this.#gradients, weights);
    return statistics;
  }

  learn(leafOf: Uint16Array, leaves: number): Float64Array {
    const approx = this.#approx;
    const values = leafValues(this.gradients(), leafOf, leaves, this.#fitting);
    for (let i = 0; i < approx.length; i++) approx[i]! += values[leafOf[i]!]!;
    return values;
  }
}

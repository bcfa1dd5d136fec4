import type { Fold } from './fold.ts';
import type { Fitting, Learner } from './learner.ts';
import { leafValues } from './leaves.ts';
import type { PlainStatistics } from './plain-statistics.ts';

/** Plain boosting: one model, fitted to all rows and evaluated on the same. */
export class PlainLearner implements Learner {
  readonly fold: Fold;
  readonly #fitting: Fitting;
  readonly #gradients: Float64Array;
  readonly #statistics: PlainStatistics | undefined;

  /** @param statistics shared by learners that take turns; only who never does goes without */
  constructor(fold: Fold, fitting: Fitting, statistics?: PlainStatistics) {
    this.#statistics = statistics;
    this.fold = fold;
    this.#fitting = fitting;
    this.#gradients = fitting.target.map((value) => value - fitting.start);
  }

  gradients(): Float64Array {
    return this.#gradients;
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
    const gradients = this.#gradients;
    const values = leafValues(gradients, leafOf, leaves, this.#fitting);
    for (let i = 0; i < gradients.length; i++) gradients[i]! -= values[leafOf[i]!]!;
    return values;
  }
}

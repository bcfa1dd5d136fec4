import type { Fold } from './fold.ts';
import type { Fitting, Learner } from './learner.ts';
import { leafValues } from './leaves.ts';
import type { PlainStatistics } from './plain-statistics.ts';

/** Plain boosting: one model, fitted to all rows and evaluated on the same. */
export class PlainLearner implements Learner {
  readonly fold: Fold;
  readonly #fitting: Fitting;
  readonly #gradients: Float64Array;
  /** The sum of their squares. */
  #squares: number;
  readonly #statistics: PlainStatistics;

  /** @param statistics shared by learners that take turns */
  constructor(fold: Fold, fitting: Fitting, statistics: PlainStatistics) {
    this.#statistics = statistics;
    this.fold = fold;
    this.#fitting = fitting;
    this.#gradients = fitting.target.map((value) => value - fitting.start);
    this.#squares = this.#gradients.reduce((sum, gradient) => sum + gradient * gradient, 0);
  }

  gradients(): Float64Array {
    return this.#gradients;
  }

  deviation(): number {
    return Math.sqrt(this.#squares / this.#gradients.length);
  }

  sampled(weights: Float64Array): PlainStatistics {
    this.#statistics.begin(this.#gradients, weights);
    return this.#statistics;
  }

  learn(leafOf: Uint16Array, leaves: number): Float64Array {
    const gradients = this.#gradients;
    const values = leafValues(gradients, leafOf, leaves, this.#fitting);
    let squares = 0;
    for (let i = 0; i < gradients.length; i++) {
      const gradient = gradients[i]! - values[leafOf[i]!]!;
      gradients[i] = gradient;
      squares += gradient * gradient;
    }
    this.#squares = squares;
    return values;
  }
}

import { predictTree, type Trees } from '../../trees/trees.ts';
import type { Loss } from '../losses/loss.ts';
import type { Rows } from './learning-rows.ts';

/** Rows that no tree learns from, and the loss of their predictions. */
export class Validation {
  readonly #loss: Loss;
  readonly #rows: Rows;
  readonly #predictions: Float32Array;
  #trees = 0;

  constructor(loss: Loss, rows: Rows, base: number) {
    this.#loss = loss;
    this.#rows = rows;
    this.#predictions = new Float32Array(rows.x.rows).fill(base);
  }

  /** Adds the next of the trees; returns the sum of the losses. */
  add(trees: Trees): number {
    const values = predictTree(trees, this.#trees, this.#rows.x);
    for (let i = 0; i < values.length; i++) this.#predictions[i]! += values[i]!;
    this.#trees += 1;
    return this.#sumOfLosses();
  }

  /** A row's loss is float32, as in the reference. */
  #sumOfLosses(): number {
    const { targets, weights } = this.#rows;
    let sum = 0;
    for (let i = 0; i < targets.length; i++) {
      sum += Math.fround(this.#loss.value(targets[i]!, this.#predictions[i]!) * (weights ? weights[i]! : 1));
    }
    return sum;
  }
}

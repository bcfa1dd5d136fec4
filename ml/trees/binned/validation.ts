import type { Matrix } from '../../core/matrix.ts';
import { predictTree, type Trees } from '../trees.ts';

/** Rows that no tree learns from, and which tell when there are enough trees: early stopping. */
export class Validation {
  readonly #x: Matrix;
  readonly #targets: Float32Array;
  readonly #predictions: Float32Array;
  readonly #rounds: number;
  #lowest = Infinity;
  #trees = 0;
  /** How many trees gave the lowest error; 0 before the first. */
  best = 0;

  /** @param rounds how many trees without a lower error are enough */
  constructor(x: Matrix, targets: Float32Array, base: number, rounds: number) {
    this.#x = x;
    this.#targets = targets;
    this.#predictions = new Float32Array(x.rows).fill(base);
    this.#rounds = rounds;
  }

  /** Adds the next of the trees. */
  add(trees: Trees): void {
    const values = predictTree(trees, this.#trees, this.#x);
    for (let i = 0; i < values.length; i++) this.#predictions[i]! += values[i]!;
    this.#trees += 1;
    const error = this.#rootMeanSquare();
    // The first one counts even where its error is past float32.
    if (this.best > 0 && error >= this.#lowest) return;
    this.#lowest = error;
    this.best = this.#trees;
  }

  get isOver(): boolean {
    return this.best > 0 && this.#trees - this.best >= this.#rounds;
  }

  /** Each error and its square are float32, as in the reference. */
  #rootMeanSquare(): number {
    let sum = 0;
    for (let i = 0; i < this.#targets.length; i++) {
      sum += Math.fround(Math.fround(this.#targets[i]! - this.#predictions[i]!) ** 2);
    }
    return Math.sqrt(sum / this.#targets.length);
  }
}

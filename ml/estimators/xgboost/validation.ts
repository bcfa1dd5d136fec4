import { predictTree, type Trees } from '../../trees/trees.ts';
import type { Loss } from '../losses/loss.ts';
import type { Rows } from './learning-rows.ts';

/** Rows that no tree learns from, and which tell when there are enough trees: early stopping. */
export class Validation {
  readonly #loss: Loss;
  readonly #rows: Rows;
  readonly #predictions: Float32Array;
  readonly #rounds: number;
  #lowest = Infinity;
  #trees = 0;
  /** How many trees gave the lowest loss; 0 before the first. */
  best = 0;

  /** @param rounds how many trees without a lower loss are enough */
  constructor(loss: Loss, rows: Rows, base: number, rounds: number) {
    this.#loss = loss;
    this.#rows = rows;
    this.#predictions = new Float32Array(rows.x.rows).fill(base);
    this.#rounds = rounds;
  }

  /** Adds the next of the trees. */
  add(trees: Trees): void {
    const values = predictTree(trees, this.#trees, this.#rows.x);
    for (let i = 0; i < values.length; i++) this.#predictions[i]! += values[i]!;
    this.#trees += 1;
    const loss = this.#sumOfLosses();
    // The first one counts even where its loss is past float32.
    if (this.best > 0 && loss >= this.#lowest) return;
    this.#lowest = loss;
    this.best = this.#trees;
  }

  get isOver(): boolean {
    return this.best > 0 && this.#trees - this.best >= this.#rounds;
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

import { predictTree, type Trees } from '../../trees/trees.ts';
import type { BoostingObjective } from './boosting-objective.ts';
import type { Rows } from './learning-rows.ts';

/** Rows that no tree learns from, and the loss of their predictions. */
export class Validation {
  readonly #objective: BoostingObjective;
  readonly #rows: Rows;
  /** Of each output the raw predictions. */
  readonly #raw: readonly Float32Array[];
  #trees = 0;

  constructor(objective: BoostingObjective, rows: Rows) {
    this.#objective = objective;
    this.#rows = rows;
    this.#raw = objective.bases.map((base) => new Float32Array(rows.x.rows).fill(base));
  }

  /** Adds the next round of the trees; returns the sum of the losses. */
  add(trees: Trees): number {
    for (const raw of this.#raw) {
      const values = predictTree(trees, this.#trees, this.#rows.x);
      for (let i = 0; i < values.length; i++) raw[i]! += values[i]!;
      this.#trees += 1;
    }
    return this.#objective.lossOf(this.#rows, this.#raw);
  }
}

import { eachBlock, type Matrix } from '../../core/matrix.ts';
import { leafForSingle, type Trees } from '../../trees/trees.ts';
import type { BoostingObjective } from './boosting-objective.ts';
import type { Rows } from './learning-rows.ts';

/** Rows that no tree learns from, and the loss of their predictions. */
export class Validation {
  readonly #objective: BoostingObjective;
  readonly #rows: Rows;
  /** Their numbers, as trees compare them. */
  readonly #data: Float32Array;
  /** Of each output the raw predictions. */
  readonly #raw: readonly Float32Array[];
  #trees = 0;

  constructor(objective: BoostingObjective, rows: Rows) {
    this.#objective = objective;
    this.#rows = rows;
    this.#data = singlesOf(rows.x);
    this.#raw = objective.bases.map((base) => new Float32Array(rows.x.rows).fill(base));
  }

  /** Adds the next round of the trees; returns the sum of the losses. */
  add(trees: Trees): number {
    const { columns } = this.#rows.x;
    for (const raw of this.#raw) {
      const root = trees.roots[this.#trees]!;
      for (let i = 0; i < raw.length; i++)
        raw[i]! += trees.threshold[leafForSingle(trees, root, this.#data, i * columns)]!;
      this.#trees += 1;
    }
    return this.#objective.lossOf(this.#rows, this.#raw);
  }
}

/** The numbers of a matrix as float32. */
function singlesOf(x: Matrix): Float32Array {
  const singles = new Float32Array(x.rows * x.columns);
  eachBlock(x, (data, at, first, count) => {
    singles.set(data.subarray(at, at + count * x.columns), first * x.columns);
  });
  return singles;
}

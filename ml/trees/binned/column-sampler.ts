import type { Random } from '../../core/random.ts';

/** Which share of the columns is drawn for each tree, of those for each level, and of those for each node. */
export interface ColumnShares {
  readonly byTree: number;
  readonly byLevel: number;
  readonly byNode: number;
}

/** Draws the columns that a node may be split by. Who draws for the nodes in the same order gets the same columns. */
export class ColumnSampler {
  readonly #shares: ColumnShares;
  readonly #random: Random;
  readonly #all: Int32Array;
  #ofTree: Int32Array;
  #ofLevels: Int32Array[] = [];

  constructor(columns: number, shares: ColumnShares, random: Random) {
    this.#shares = shares;
    this.#random = random;
    this.#all = Int32Array.from({ length: columns }, (_, j) => j);
    this.#ofTree = this.#all;
  }

  beginTree(): void {
    this.#ofTree = this.#draw(this.#all, this.#shares.byTree);
    this.#ofLevels = [];
  }

  /** The columns for a node at a depth, ascending. */
  columnsAt(depth: number): Int32Array {
    // Level by level, so that the draw of a level does not depend on which node asks first.
    while (this.#ofLevels.length <= depth) this.#ofLevels.push(this.#draw(this.#ofTree, this.#shares.byLevel));
    return this.#draw(this.#ofLevels[depth]!, this.#shares.byNode);
  }

  /** That share of the columns, rounded down, but at least one. */
  #draw(from: Int32Array, share: number): Int32Array {
    const count = Math.max(1, Math.floor(share * from.length));
    if (count >= from.length) return from;
    const drawn = from.slice();
    for (let k = 0; k < count; k++) {
      const other = k + this.#random.below(drawn.length - k);
      const column = drawn[k]!;
      drawn[k] = drawn[other]!;
      drawn[other] = column;
    }
    return drawn.subarray(0, count).sort();
  }
}

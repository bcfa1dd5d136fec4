import { TreeShap } from '../../shap/tree-shap.ts';
import type { ObliviousTrees } from '../model/trees.ts';
import { asTrees } from './as-trees.ts';
import type { Players } from './players.ts';

/** Trees of this depth have so many leaves that to explain them all takes longer than to explain some rows. */
const DEPTH = 7;
/** Numbers that are worth keeping: 32 MB. */
const MOST_NUMBERS = 2 ** 22;

/**
 * What each player adds in each leaf of each tree. Where a row goes in an oblivious tree its leaf says alone, so that leaves are
 * explained once for all rows: a row is then hardly more than its prediction.
 */
export class LeafContributions {
  readonly base: number;
  readonly #trees: ObliviousTrees;
  /** Of each tree the first of its players among those of all, and behind the last where they end. */
  readonly #firsts: Int32Array;
  /** Of each of them, which player it is. */
  readonly #players: Int32Array;
  /** Leaves × players of all trees. */
  readonly #values: Float64Array;

  /** @returns null where the weights of leaves are not known, or there are too many leaves */
  static of(trees: ObliviousTrees, players: Players): LeafContributions | null {
    const depth = trees.depths.reduce((most, depth) => Math.max(most, depth), 0);
    if (!trees.weights || depth > DEPTH || trees.features.length * 2 ** depth > MOST_NUMBERS) return null;
    return new LeafContributions(trees, players, 2 ** depth);
  }

  private constructor(trees: ObliviousTrees, { of }: Players, leaves: number) {
    const { depths, features } = trees;
    // Every split looks at a column of its own, and every tree has players of its own.
    const playerOf = new Int32Array(features.length);
    const all: number[] = [];
    const firsts = [0];
    let split = 0;
    for (const depth of depths) {
      const own: number[] = [];
      for (const end = split + depth; split < end; split++) {
        const player = of[features[split]!]!;
        if (!own.includes(player)) own.push(player);
        playerOf[split] = all.length + own.indexOf(player);
      }
      all.push(...own);
      firsts.push(all.length);
    }
    const separate = {
      ...trees,
      features: features.map((_, split) => split),
      borders: new Float32Array(split).fill(0.5),
    };
    const options = { columns: split, players: playerOf, playerCount: all.length };
    const shap = new TreeShap(asTrees(separate)!, options);
    this.base = shap.base;
    this.#trees = trees;
    this.#firsts = Int32Array.from(firsts);
    this.#players = Int32Array.from(all);
    this.#values = shap.explain(leaves, (leaf, into) => writeWay(depths, leaf, into));
  }

  /** Adds what each player adds to the prediction of a row, given its features. */
  addTo(sums: Float64Array, row: Float32Array): void {
    const { depths, features, borders } = this.#trees;
    const count = this.#players.length;
    for (let tree = 0, split = 0; tree < depths.length; tree++) {
      let leaf = 0;
      for (let level = 0; level < depths[tree]!; level++, split++)
        leaf |= Number(row[features[split]!]! > borders[split]!) << level;
      const end = this.#firsts[tree + 1]!;
      for (let at = this.#firsts[tree]!; at < end; at++) sums[this.#players[at]!]! += this.#values[leaf * count + at]!;
    }
  }
}

/** The features of a row that goes to a leaf of each tree: of a tree of fewer leaves, to that of its last bits. */
function writeWay(depths: Uint8Array, leaf: number, into: Float32Array): void {
  let split = 0;
  for (const depth of depths) for (let level = 0; level < depth; level++) into[split++] = (leaf >> level) & 1;
}

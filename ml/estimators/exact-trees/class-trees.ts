import type { Matrix } from '../../core/matrix.ts';
import { type Predictions, twoClasses } from '../../core/predictions.ts';
import type { Random } from '../../core/random.ts';
import { ClassSharesBuilder } from '../../trees/class-shares.ts';
import { ExactGrower, type OnLeaf } from '../../trees/exact/grow.ts';
import type { Ranks } from '../../trees/exact/ranks.ts';
import type { ExactRules } from '../../trees/exact/rules.ts';
import { type ClassTrees, stagedShares } from '../../trees/sum-shares.ts';
import { stagedSums } from '../../trees/sum-trees.ts';
import { firstTrees, TreeBuilder, type Trees } from '../../trees/trees.ts';
import type { LeafReader } from './forest.ts';

/** Grows trees whose leaves say how many of their rows are of each class: of two classes the share of class 1, of several the share of each. */
export class ClassTreeGrower {
  readonly #grower: ExactGrower;
  readonly #builder = new TreeBuilder();
  readonly #shares: ClassSharesBuilder | undefined;
  readonly #y: Float64Array;
  /** The weight of each class in a leaf. */
  readonly #sums: Float64Array;

  /** @param y the index of the class of each row */
  constructor(ranks: Ranks, rules: ExactRules & { readonly classes: number }, y: Float64Array) {
    this.#grower = new ExactGrower(ranks, rules);
    this.#shares = rules.classes > 2 ? new ClassSharesBuilder(rules.classes) : undefined;
    this.#y = y;
    this.#sums = new Float64Array(rules.classes);
  }

  /** Grows a tree on the rows that have a weight. */
  grow(weights: Float64Array, random: Random): void {
    const shares = this.#shares;
    const onLeaf: OnLeaf | undefined =
      shares &&
      ((leaf, rows, start, end) => {
        this.#sums.fill(0);
        for (let at = start; at < end; at++) this.#sums[this.#y[rows[at]!]!]! += weights[rows[at]!]!;
        this.#builder.setLeaf(leaf, shares.add(this.#sums));
      });
    this.#grower.grow(this.#builder, { y: this.#y, weights }, random, onLeaf);
  }

  build(): Trees {
    const trees = this.#builder.build();
    return this.#shares ? { ...trees, shares: this.#shares.build() } : trees;
  }
}

/** The mean of what the first so many trees say of each row of `x`, for each number in `counts` (ascending); past the last, of all. */
export function meanShares(trees: Trees, x: Matrix, counts: readonly number[]): Predictions[] {
  const meanOf = (sums: Float64Array, k: number) => {
    const count = firstTrees(trees, counts[k]!).roots.length;
    return count === 1 ? sums : sums.map((sum) => sum / count);
  };
  if (!hasShares(trees)) return stagedSums(trees, x, 0, counts).map((sums, k) => twoClasses(meanOf(sums, k)));
  const outputs = trees.shares.classes;
  return stagedShares(trees, x, counts).map((sums, k) => ({ rows: x.rows, outputs, values: meanOf(sums, k) }));
}

const hasShares = (trees: Trees): trees is ClassTrees => trees.shares !== undefined;

/** Reads what a leaf says: of two classes the share of class 1, of several that of each. */
export function leafShares(trees: Trees): LeafReader {
  const { threshold } = trees;
  if (!hasShares(trees))
    return {
      outputs: 1,
      add: (sums, at, leaf) => {
        sums[at]! += threshold[leaf]!;
      },
    };
  const { classes, starts, classOf, shares } = trees.shares;
  return {
    outputs: classes,
    add: (sums, at, leaf) => {
      const place = threshold[leaf]!;
      for (let k = starts[place]!; k < starts[place + 1]!; k++) sums[at + classOf[k]!]! += shares[k]!;
    },
  };
}

import { ParamError } from '../../core/errors.ts';
import type { Matrix } from '../../core/matrix.ts';
import { type Bootstrap, samplerOf } from './bootstrap.ts';
import { type CandidateLimits, Candidates } from './candidates.ts';
import { type BinningOptions, binColumns } from './columns.ts';
import { FeatureIndex, type Features } from './features.ts';
import { type AnyCandidate, Grouped } from './fold.ts';
import { growTree } from './grow.ts';
import { Holdout } from './holdout.ts';
import { learnersOf } from './learners.ts';
import type { LeafOptions } from './leaves.ts';
import { flatten, type GrownTree, type ObliviousTrees } from './oblivious-trees.ts';
import type { RandomStream } from './random-stream.ts';
import { targetBorder } from './target-statistics.ts';
import { asFloat32, targetsOf } from './targets.ts';

export interface BoostingOptions extends LeafOptions, CandidateLimits, BinningOptions {
  readonly iterations: number;
  readonly depth: number;
  /** Whether a row's gradient is to come from a model that was fitted to earlier rows. */
  readonly ordered: boolean;
  readonly bootstrap: Bootstrap;
  readonly cosine: boolean;
  /** Whether the rows come in an order that means something, and is kept. */
  readonly hasTime: boolean;
  /** How many trees without a lower error on the held-out rows end it; null: none do. */
  readonly odWait: number | null;
  /** Whether trees past the lowest error on the held-out rows are cut off. */
  readonly useBestModel: boolean;
}

/** What boosting may use and tell, and its result does not depend on. */
interface BoostingHooks {
  readonly threads?: number | undefined;
  readonly onRound?: ((done: number, total: number) => void) | undefined;
}

/** Rows and their targets. */
export interface Rows {
  readonly x: Matrix;
  readonly y: Float64Array;
}

/** A fitted model. */
export type Boosted = {
  readonly bias: number;
  readonly features: Features;
  readonly trees: ObliviousTrees;
};

/**
 * Gradient boosting of oblivious trees, for the squared error. Any number of `threads` gives the same.
 *
 * Source: Prokhorenkova et al. 2018, arXiv:1706.09516, algorithm 2; CatBoost 1.2.
 *
 * @throws DataError if float32 does not hold a target, or what tells targets apart.
 * @throws ParamError if a sample is empty.
 */
export function boost(
  { x, y }: Rows,
  held: Rows | null,
  options: BoostingOptions,
  random: RandomStream,
  { threads = 1, onRound }: BoostingHooks = {},
): Boosted {
  const { target, start } = targetsOf(y);
  const columns = binColumns(x, options);
  const border = columns.categories.length > 0 ? targetBorder(target) : 0;
  const grouped = new Grouped(Uint8Array.from(target, (value) => (value > border ? 1 : 0)));
  const features = new FeatureIndex(columns, x.levels ?? Array.from({ length: x.columns }, () => 0), grouped);
  const candidates = new Candidates(columns, options, random);
  const { learners, close } = learnersOf({ ...options, target, start, threads }, columns, grouped, random);

  const sample = samplerOf(options.bootstrap);
  const weights = new Float64Array(y.length);
  const leafOf = new Uint16Array(y.length);
  const trees: GrownTree[] = [];
  const holdout = held && new Holdout(held.x, asFloat32(held.y), start, features);
  try {
    while (trees.length < options.iterations) {
      const learner = learners[random.below(Math.max(1, learners.length - 1))]!;
      sample(weights, learner.gradients(), trees.at(-1)?.values, random);
      if (!weights.some((weight) => weight > 0))
        throw new ParamError(
          `catboost’s subsample leaves tree ${trees.length + 1} none of ${y.length} rows: raise it, or set bootstrap_type to No`,
        );
      const splits = growTree<AnyCandidate>(
        {
          statistics: learner.sampled(weights),
          depth: options.depth,
          cosine: options.cosine,
          noise: options.randomStrength * learner.deviation() * fading(y.length, trees.length * options.learningRate),
          random,
          candidates: (soFar) => candidates.of(learner.fold, soFar),
          weight: (candidate) => candidates.weight(candidate),
          use: (candidate) => candidates.use(candidate),
        },
        leafOf,
      );
      const leaves = 2 ** splits.length;
      let values = learner.learn(leafOf, leaves);
      for (const other of learners) {
        if (other === learner) continue;
        other.fold.leaves(splits, leafOf);
        values = other.learn(leafOf, leaves);
      }
      const tree = { splits: splits.map((split) => features.of(split)), values };
      trees.push(tree);
      holdout?.add(tree);
      onRound?.(trees.length, options.iterations);
      if (holdout && options.odWait !== null && holdout.waited >= options.odWait) break;
    }
  } finally {
    close();
  }
  const kept = holdout && options.useBestModel ? trees.slice(0, holdout.best) : trees;
  return { bias: start, features: features.build(), trees: flatten(kept) };
}

/**
 * How much noise there still is on scores, from 1 towards 0 as the model grows.
 *
 * Source: CatBoost 1.2, `random_score_type` NormalWithModelSizeDecrease.
 */
function fading(rows: number, modelLength: number): number {
  const left = rows * Math.exp(-modelLength);
  return left / (1 + left);
}

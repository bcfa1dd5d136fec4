import { EarlyStopping, sinceLowest } from '../../../core/early-stopping.ts';
import { ParamError } from '../../../core/errors.ts';
import type { RandomStream } from '../../../core/random-stream.ts';
import { type CandidateLimits, Candidates } from '../growing/candidates.ts';
import { growTree } from '../growing/grow.ts';
import { startEngine } from '../kernel/engine.ts';
import type { Objective } from '../losses/objective.ts';
import { FeatureIndex, type Features } from '../model/features.ts';
import { flatten, type GrownTree, type ObliviousTrees } from '../model/trees.ts';
import { type BinningOptions, binColumns } from '../quantization/columns.ts';
import { type Bootstrap, samplerOf } from '../sampling/bootstrap.ts';
import type { AnyCandidate } from '../scoring/candidate.ts';
import { Grouped } from '../target-statistics/fold.ts';
import { asFloat32, type Fitting, type Rows, targetsOf } from './fitting.ts';
import { Holdout } from './holdout.ts';
import { learnersOf } from './learners.ts';

/** Rows × columns from which threads are worth their start. */
const CELLS_FOR_THREADS = 500_000;

export interface BoostingOptions
  extends Omit<Fitting, 'target' | 'weights' | 'start'>,
    CandidateLimits,
    BinningOptions {
  readonly objective: Objective;
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

/** A fitted model. */
export type Boosted = {
  /** What the sum of trees is added to, in each output. */
  readonly bias: number;
  readonly features: Features;
  readonly trees: ObliviousTrees;
};

/**
 * Gradient boosting of oblivious trees. Any number of `threads` gives the same.
 *
 * Source: Prokhorenkova et al. 2018, arXiv:1706.09516, algorithm 2; CatBoost 1.2.
 *
 * @throws DataError if float32 does not hold a target, or what tells targets apart.
 * @throws ParamError if a sample is empty.
 */
export function boost(
  { x, y, weights, groups, times }: Rows,
  held: Rows | null,
  options: BoostingOptions,
  random: RandomStream,
  { threads = 1, onRound }: BoostingHooks = {},
): Boosted {
  const engine = startEngine(!options.ordered && y.length * x.columns >= CELLS_FOR_THREADS ? threads : 1);
  try {
    const { objective } = options;
    const targets = targetsOf({ y, weights }, objective.startsFromMean, engine);
    const { target, start } = targets;
    const columns = binColumns(x, options, engine.arena);
    const borders = columns.categories.length > 0 ? objective.targetBorders(target) : [];
    const isHigh = borders.map((border) => isAbove(target, border));
    const grouped = new Grouped(isHigh, y.length, engine, { groups, times });
    const features = new FeatureIndex(columns, x.levels ?? Array.from({ length: x.columns }, () => 0), grouped);
    const candidates = new Candidates(columns, options, random);
    const learners = learnersOf({ ...options, ...targets, times }, columns, grouped, random, engine);
    const sample = samplerOf(options.bootstrap, y.length, engine);
    const sampling = engine.arena.float64(y.length);
    const trees: GrownTree[] = [];
    const stopping = new EarlyStopping(sinceLowest(options.odWait ?? Infinity));
    const holdout = held && new Holdout({ ...held, y: asFloat32(held.y) }, objective, start, features);
    while (trees.length < options.iterations && !stopping.isOver) {
      for (const { fold } of learners) fold.begin();
      const learner = learners[random.below(Math.max(1, learners.length - 1))]!;
      sample(sampling, learner.gradients(), trees.at(-1)?.values, random);
      const statistics = learner.sampled(sampling);
      if (!statistics.isTaken(0))
        throw new ParamError(
          `catboost’s subsample leaves tree ${trees.length + 1} none of ${y.length} rows: raise it, or set bootstrap_type to No`,
        );
      const splits = growTree<AnyCandidate>({
        statistics,
        depth: options.depth,
        noise: options.randomStrength * learner.deviation() * fading(y.length, trees.length * options.learningRate),
        random,
        candidates: (soFar) => candidates.of(learner.fold, soFar),
        weight: (candidate) => candidates.weight(candidate),
        use: (candidate) => candidates.use(candidate),
        place: (soFar) => learner.place(soFar),
        isTaken: (leaf) => learner.isTaken(leaf),
      });
      let values = learner.learn();
      for (const other of learners) {
        if (other === learner) continue;
        other.place(splits);
        values = other.learn();
      }
      const tree = {
        splits: splits.map((split) => features.of(split)),
        values,
        weights: learners.at(-1)!.leafWeights(),
      };
      trees.push(tree);
      if (holdout) stopping.add(holdout.add(tree));
      onRound?.(trees.length, options.iterations);
    }
    const kept = options.useBestModel ? trees.slice(0, stopping.best) : trees;
    return { bias: start, features: features.build(), trees: flatten(kept, objective.outputs) };
  } finally {
    engine.queue.close();
  }
}

function isAbove(target: Float64Array, border: number): Uint8Array {
  const above = new Uint8Array(target.length);
  for (let i = 0; i < target.length; i++) above[i] = target[i]! > border ? 1 : 0;
  return above;
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

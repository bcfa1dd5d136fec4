import { permutation } from '../../../core/random.ts';
import type { RandomStream } from '../../../core/random-stream.ts';
import { orderByTime } from '../../../core/relations.ts';
import type { Engine } from '../kernel/engine.ts';
import type { Objective } from '../losses/objective.ts';
import type { Columns } from '../scoring/candidate.ts';
import { PlainStatistics } from '../scoring/plain-statistics.ts';
import { isExact, PrefixStatistics } from '../scoring/prefix-statistics.ts';
import { Fold, type Grouped } from '../target-statistics/fold.ts';
import { type Fitting, meanWeight } from './fitting.ts';
import { type Learner, PlainLearner } from './learner.ts';
import { PrefixLearner, prefixesOf, wholeOf } from './prefix-learner.ts';
import { RowLeaves } from './row-leaves.ts';

/** In how many random orders trees are grown; one more gives their leaves the values that a prediction adds. */
const GROWING_ORDERS = 3;

export interface LearnersOptions extends Fitting {
  readonly objective: Objective;
  readonly depth: number;
  readonly cosine: boolean;
  readonly randomStrength: number;
  readonly ordered: boolean;
  readonly hasTime: boolean;
  /** When each row was, by which the rows are then ordered. */
  readonly times?: Float64Array | undefined;
}

/**
 * Those that trees are grown for, in turn by chance; the last one only gives the leaves of the model their values. Where no
 * order matters, one does for all.
 */
export function learnersOf(
  options: LearnersOptions,
  columns: Columns,
  grouped: Grouped,
  random: RandomStream,
  engine: Engine,
): readonly Learner[] {
  const { objective } = options;
  const { outputs } = objective;
  const rows = options.target.length;
  const hasStatistics = columns.categories.length > 0;
  const shuffles = !(options.hasTime || options.times) && (hasStatistics || options.ordered);
  const inOrder = options.times ? orderByTime(options.times) : new Uint32Array(rows).map((_, i) => i);
  const fold = () => new Fold(shuffles ? permutation(rows, random) : inOrder, grouped);
  const averaging = fold();
  const growing = Array.from({ length: shuffles ? GROWING_ORDERS : 1 }, fold);
  const folds = shuffles || options.ordered ? [...growing, averaging] : [averaging];
  if (options.ordered || isExact(rows, options.randomStrength)) {
    const statistics = new PrefixStatistics(options.weights ?? new Float64Array(rows).fill(1), options);
    return folds.map((each) => {
      const isOrdered = options.ordered && each !== averaging;
      const prefixes = isOrdered ? prefixesOf(options, each.order, outputs) : [wholeOf(options, outputs)];
      return new PrefixLearner(each, options, prefixes, statistics, engine);
    });
  }
  const scaled = { ...options, outputs, l2: options.l2 * meanWeight(options.weights) };
  const statistics = new PlainStatistics(scaled, columns.candidates, engine);
  const leaves = new RowLeaves(options.depth, scaled, engine);
  const model = objective.modelsOf(scaled, options.depth, engine);
  return folds.map((each) => new PlainLearner(each, model(), statistics, leaves));
}

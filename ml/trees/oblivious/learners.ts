import { permutation } from '../../core/random.ts';
import type { Columns } from './columns.ts';
import { Fold, type Grouped } from './fold.ts';
import type { Fitting, Learner } from './learner.ts';
import { PlainLearner } from './plain-learner.ts';
import { PlainStatistics } from './plain-statistics.ts';
import { prefixesOf, wholeOf } from './prefix.ts';
import { PrefixLearner } from './prefix-learner.ts';
import { isExact, PrefixStatistics } from './prefix-statistics.ts';
import type { RandomStream } from './random-stream.ts';

/** In how many random orders trees are grown; one more gives their leaves the values that a prediction adds. */
const GROWING_ORDERS = 3;

export interface LearnersOptions extends Fitting {
  readonly depth: number;
  readonly cosine: boolean;
  readonly randomStrength: number;
  readonly ordered: boolean;
  readonly hasTime: boolean;
  readonly threads: number;
}

export interface Learners {
  /**
   * Those that trees are grown for, in turn by chance; the last one only gives the leaves of the model their values. Where no
   * order matters, one does for all.
   */
  readonly learners: readonly Learner[];
  /** Lets the threads go. */
  close(): void;
}

export function learnersOf(
  options: LearnersOptions,
  columns: Columns,
  grouped: Grouped,
  random: RandomStream,
): Learners {
  const rows = options.target.length;
  const hasStatistics = columns.categories.length > 0;
  const shuffles = !options.hasTime && (hasStatistics || options.ordered);
  const fold = () =>
    new Fold(shuffles ? permutation(rows, random) : Uint32Array.from({ length: rows }, (_, i) => i), grouped);
  const averaging = fold();
  const growing = Array.from({ length: shuffles ? GROWING_ORDERS : 1 }, fold);
  const folds = shuffles || options.ordered ? [...growing, averaging] : [averaging];
  if (options.ordered || isExact(rows, options.randomStrength)) {
    const statistics = new PrefixStatistics(rows, options);
    const learners = folds.map((each) => {
      const isOrdered = options.ordered && each !== averaging;
      const prefixes = isOrdered ? prefixesOf(rows, options.start) : [wholeOf(rows, options.start)];
      return new PrefixLearner(each, options, prefixes, statistics);
    });
    return { learners, close: () => {} };
  }
  // Threads share out the columns; statistics come and go.
  const threads = hasStatistics ? 1 : options.threads;
  const statistics = new PlainStatistics(rows, { ...options, threads }, columns.candidates);
  const learners = folds.map((each) => new PlainLearner(each, options, statistics));
  return { learners, close: () => statistics.close() };
}

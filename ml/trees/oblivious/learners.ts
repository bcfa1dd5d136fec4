import { permutation } from '../../random.ts';
import type { Columns } from './columns.ts';
import { Fold, type Grouped } from './fold.ts';
import type { Fitting, Learner } from './learner.ts';
import { OrderedLearner } from './ordered-learner.ts';
import { PlainLearner } from './plain-learner.ts';
import { PlainStatistics } from './plain-statistics.ts';
import type { RandomStream } from './random-stream.ts';

/** In how many random orders trees are grown; one more gives their leaves the values that a prediction adds. */
const GROWING_ORDERS = 3;

export interface LearnersOptions extends Fitting {
  readonly depth: number;
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
  if (options.ordered) {
    const learners = [
      ...growing.map((each) => new OrderedLearner(each, options)),
      new PlainLearner(averaging, options),
    ];
    return { learners, close: () => {} };
  }
  // Threads share out the columns; statistics come and go.
  const threads = hasStatistics ? 1 : options.threads;
  const statistics = new PlainStatistics(rows, { ...options, threads }, columns.candidates);
  const folds = shuffles ? [...growing, averaging] : [averaging];
  const learners = folds.map((each) => new PlainLearner(each, options, statistics));
  return { learners, close: () => statistics.close() };
}

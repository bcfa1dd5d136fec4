import { isBetter, type Metric } from '../metric.ts';
import type { RunningMean } from './running-mean.ts';

/** Steps after which weights are fine enough: each candidate was taken a whole number of times out of so many. */
const MOST_STEPS = 50;
/** The best is taken to be found once so many steps brought nothing. A candidate of small weight waits for some steps. */
const PATIENCE = 20;
/** Each member costs time and memory at every prediction, and one more seldom brings anything. */
export const MOST_MEMBERS = 8;

/**
 * Greedy selection with replacement: starts from the best candidate, and adds the one that makes the best mean, again and
 * again. What counts is the best mean on the way, which is never worse than the best candidate.
 *
 * @param candidates how many there are; of those that are even, the first is taken
 * @returns how often each was taken; all 0 where none has a score
 *
 * Source: Caruana, Niculescu-Mizil, Crew and Ksikes 2004, Ensemble selection from libraries of models.
 */
export function selectGreedily(mean: RunningMean, candidates: number, metric: Metric): Uint32Array {
  const taken = new Uint32Array(candidates);
  let best = { score: Number.NaN, taken: taken.slice(), step: 0 };
  for (let step = 0; step < MOST_STEPS && step - best.step < PATIENCE; step++) {
    const isFull = taken.reduce((members, count) => members + Number(count > 0), 0) >= MOST_MEMBERS;
    let added = { candidate: -1, score: Number.NaN };
    for (let candidate = 0; candidate < candidates; candidate++) {
      if (isFull && taken[candidate] === 0) continue;
      const score = mean.scoreWith(candidate);
      if (improves(metric, score, added.score)) added = { candidate, score };
    }
    if (added.candidate === -1) break;
    mean.add(added.candidate);
    taken[added.candidate] = (taken[added.candidate] as number) + 1;
    if (improves(metric, added.score, best.score)) best = { score: added.score, taken: taken.slice(), step };
  }
  return best.taken;
}

const improves = (metric: Metric, score: number, before: number) =>
  Number.isNaN(before) ? !Number.isNaN(score) : isBetter(metric, score, before);

/** A member is spared where the others leave at most so much more error: a third of the members, for a two-thousandth of R². */
const SPARED = 0.001;

/**
 * A blend without the members that hardly count, as long as it is no worse than the best candidate: fewer members are faster,
 * smaller, and easier to understand.
 *
 * @param taken what `selectGreedily` gave
 * @param start starts a mean of the same rows
 * @returns how often each is still taken
 */
export function withoutSpare(taken: Uint32Array, start: () => RunningMean, metric: Metric): Uint32Array {
  const errorOf = (score: number) => Math.abs(metric.best - score);
  const alone = start();
  const single = Math.min(...Array.from(taken, (count, j) => (count > 0 ? errorOf(alone.scoreWith(j)) : Infinity)));
  const most = Math.min(single, (1 + SPARED) * errorOf(scoreOf(taken, start())));
  let kept = taken;
  for (;;) {
    const members = [...kept.keys()].filter((j) => (kept[j] as number) > 0);
    if (members.length === 1) return kept;
    const tries = members.map((member) => {
      const fewer = kept.map((count, j) => (j === member ? 0 : count));
      return { fewer, error: errorOf(scoreOf(fewer, start())) };
    });
    const best = tries.reduce((a, b) => (b.error < a.error ? b : a));
    if (!(best.error <= most)) return kept;
    kept = best.fewer;
  }
}

/** @param mean of nothing yet */
function scoreOf(taken: Uint32Array, mean: RunningMean): number {
  const last = taken.findLastIndex((count) => count > 0);
  taken.forEach((count, j) => {
    for (let k = j === last ? 1 : 0; k < count; k++) mean.add(j);
  });
  return mean.scoreWith(last);
}

/**
 * The weights of the blend that `selectGreedily` finds by some folds, without the members that hardly count.
 *
 * @param start starts a mean over some folds
 * @returns weights that sum to 1; all 0 where no candidate has a score
 */
export function selectOnce(
  start: (folds: readonly number[]) => RunningMean,
  folds: readonly number[],
  candidates: number,
  metric: Metric,
): Float64Array {
  const selected = selectGreedily(start(folds), candidates, metric);
  const taken = withoutSpare(selected, () => start(folds), metric);
  const total = taken.reduce((sum, count) => sum + count, 0);
  return Float64Array.from(taken, (count) => (total === 0 ? 0 : count / total));
}

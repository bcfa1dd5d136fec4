import { createRandom, sample, scrambled } from '../../core/random.ts';
import type { Metric } from '../metric.ts';
import { MOST_MEMBERS, selectGreedily } from './greedy.ts';
import type { RunningMean } from './running-mean.ts';

/** As many halves even out which folds a blend is found by. */
const HALVES = 30;
/** A member whose mean weight is smaller is none. */
const LEAST_WEIGHT = 0.05;
const SEED = 1;

/**
 * The mean weights of blends that are selected by half of some folds each, drawn at random. Which candidates a blend is of hangs on chance
 * where rows are few: half of them choose others, and a mean of such blends has their weights nearer to each other.
 *
 * Source: Bühlmann and Yu 2002, Analyzing bagging, Annals of Statistics 30(4), for halves without replacement.
 *
 * @param start starts a mean over some folds
 * @param folds at least two
 * @param candidates how many there are
 * @returns weights that sum to 1; all 0 where no candidate has a score
 */
export function selectByHalves(
  start: (folds: readonly number[]) => RunningMean,
  folds: readonly number[],
  candidates: number,
  metric: Metric,
): Float64Array {
  const random = createRandom(scrambled(SEED));
  const shares = new Float64Array(candidates);
  for (let half = 0; half < HALVES; half++) {
    const places = sample(folds.length, Math.ceil(folds.length / 2), random).sort();
    const taken = selectGreedily(start(Array.from(places, (place) => folds[place] as number)), candidates, metric);
    const total = taken.reduce((sum, count) => sum + count, 0);
    if (total === 0) continue;
    for (let j = 0; j < candidates; j++) shares[j] = (shares[j] as number) + (taken[j] as number) / total / HALVES;
  }
  return normalised(largest(shares));
}

/** The shares that are weights: those of members that count, the largest of them; the others are 0. */
function largest(shares: Float64Array): Float64Array {
  const most = shares.reduce((most, share) => Math.max(most, share), 0);
  const kept = [...shares.keys()]
    .filter((j) => (shares[j] as number) >= Math.min(LEAST_WEIGHT, most))
    .sort((a, b) => (shares[b] as number) - (shares[a] as number) || a - b)
    .slice(0, MOST_MEMBERS);
  return shares.map((share, j) => (kept.includes(j) ? share : 0));
}

function normalised(shares: Float64Array): Float64Array {
  const total = shares.reduce((sum, share) => sum + share, 0);
  return total === 0 ? shares : shares.map((share) => share / total);
}

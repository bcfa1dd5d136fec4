import type { RandomStream } from '../../../core/random-stream.ts';
import { type Candidate, type Split, splitAt, splitCount } from '../scoring/candidate.ts';

/** The score of each place where a candidate can be split. */
export interface Scores {
  /** They start at the first place; what is past the last one means nothing. */
  readonly values: Float64Array;
  readonly highest: number;
}

/** What the growing of a tree asks of the training rows, whose gradients it knows, and in which leaf each is. */
export interface SplitStatistics {
  /** Told of all candidates of a level at once, before it is asked for any. */
  prepare?(candidates: readonly Candidate[]): void;
  /**
   * The scores of a candidate, over all leaves: by Cosine, the cosine between the gradients and the leaf values that would fit
   * them (less a factor that is the same for all splits); by L2, how much the leaf values lessen the squared error. A leaf's value
   * is Σ gradients ÷ (Σ weights + l2). The next call overwrites them.
   */
  scores(candidate: Candidate): Scores;
  /** Splits every leaf in two: what goes right becomes a leaf as many leaves further on. */
  split(split: Split): void;
  /** Whether a leaf has rows of the sample. */
  isTaken(leaf: number): boolean;
}

/** In standard deviations, a difference of two noises that is as good as impossible. */
const FAR = 12;

/** What a tree grows from. */
export interface Growth<C extends Candidate> {
  readonly statistics: SplitStatistics;
  readonly depth: number;
  /** The standard deviation of the noise on every score. */
  readonly noise: number;
  readonly random: RandomStream;
  /** What the next level may be split by, given the splits so far. */
  candidates(splits: readonly Split<C>[]): readonly C[];
  /** By what a candidate's score is multiplied before it competes, at most 1. */
  weight(candidate: C): number;
  /** Finds the leaf of each row, in the sample or not: bit i is set where it goes right at split i. */
  place(splits: readonly Split<C>[]): void;
  /** Whether a leaf of those has rows. */
  isTaken(leaf: number): boolean;
  /** Told of each candidate that a level is split by. */
  use(candidate: C): void;
}

/**
 * Grows an oblivious tree: every level has one split for all its leaves, the one of the best score. It stops early
 * where a split tells no rows apart that the others do not. In the end every row has its place.
 */
export function growTree<C extends Candidate>(growth: Growth<C>): Split<C>[] {
  const { statistics } = growth;
  const splits: Split<C>[] = [];
  while (splits.length < growth.depth) {
    const best = bestSplit(growth, growth.candidates(splits));
    if (best === undefined) {
      growth.place(splits);
      break;
    }
    growth.use(best.candidate);
    splits.push(best);
    if (splits.length < growth.depth) {
      statistics.split(best);
      // Rows that are not in the sample matter only where those that are would do without a split.
      if (redundantSplit(splits.length, (leaf) => statistics.isTaken(leaf)) < 0) continue;
    }
    growth.place(splits);
    const redundant = redundantSplit(splits.length, (leaf) => growth.isTaken(leaf));
    if (redundant < 0) continue;
    splits.splice(redundant, 1);
    growth.place(splits);
    break;
  }
  return splits;
}

/**
 * The split of the best score. Noise on the scores keeps trees from being too alike: each place within a candidate has
 * its own, and the winners of the candidates, or of ensembles of them, once more, theirs.
 *
 * Source: CatBoost 1.2, `SetBestScore` and `SelectBestCandidate`.
 */
function bestSplit<C extends Candidate>(growth: Growth<C>, candidates: readonly C[]): Split<C> | undefined {
  const { statistics, noise, random } = growth;
  statistics.prepare?.(candidates);
  let best: C | undefined;
  let bin = 0;
  let bestScore = -Infinity;
  for (let next = 0; next < candidates.length; ) {
    const { ensemble } = candidates[next]!;
    let winner = candidates[next]!;
    let place = 0;
    let placeScore = -Infinity;
    let noisyScore = -Infinity;
    do {
      const candidate = candidates[next++]!;
      const { values: scores, highest } = statistics.scores(candidate);
      const places = splitCount(candidate);
      // So far below the highest it would take a noise that never comes.
      const lowest = highest - FAR * noise;
      for (let at = 0; at < places; at++) {
        if (scores[at]! < lowest) continue;
        const noisy = scores[at]! + (noise > 0 ? noise * random.normal() : 0);
        if (noisy <= noisyScore) continue;
        winner = candidate;
        place = at;
        placeScore = scores[at]!;
        noisyScore = noisy;
      }
    } while (ensemble !== undefined && candidates[next]?.ensemble === ensemble);
    const own = noise > 0 ? noise * random.normal() : 0;
    const unweighted = placeScore + own;
    // No weight is above 1, and it takes a while to find.
    if (unweighted >= 0 && unweighted <= bestScore) continue;
    const score = unweighted * growth.weight(winner);
    if (score > bestScore) {
      best = winner;
      bin = place;
      bestScore = score;
    }
  }
  return best && splitAt(best, bin);
}

/** The first split without which no two taken leaves would be one; −1 if there is none. */
function redundantSplit(depth: number, isTaken: (leaf: number) => boolean): number {
  for (let level = 0; level < depth; level++) {
    const bit = 1 << level;
    let tells = false;
    for (let leaf = bit; leaf < 2 ** depth && !tells; leaf++)
      tells = (leaf & bit) !== 0 && isTaken(leaf) && isTaken(leaf ^ bit);
    if (!tells) return level;
  }
  return -1;
}

import { DataError, ParamError } from '../../core/errors.ts';
import type { Matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import { applyTree, type Trees } from '../../trees/trees.ts';
import type { Training } from '../estimator.ts';
import { drawByChance, rowWeights } from './row-weights.ts';

/** How many rows a tree draws at most where a share of all weight says how many: weights may sum to a population. */
const MOST_DRAWS = 1e7;

/** What the parameters of a forest say of its trees and their rows. */
export interface ForestValues {
  readonly n_estimators: number;
  readonly bootstrap: boolean;
  readonly max_samples: number | null;
  readonly oob_score: boolean;
}

interface ForestTask extends Pick<Training, 'weights' | 'onRound'> {
  readonly rows: number;
  readonly values: ForestValues;
  readonly random: Random;
  /** Grows a tree on rows, each of which counts so much. */
  readonly grow: (weights: Float64Array) => void;
}

/** The mean of some trees. */
export type ForestState = {
  readonly trees: Trees;
  /** R², or the accuracy, of the rows that some tree did not draw, each by those trees and by its weight; null where it was not asked for, or there is none. */
  readonly oob_score: number | null;
};

/** @throws ParamError where parameters are about rows that are drawn, and none are */
export const checkBootstrap =
  (name: string) =>
  ({ bootstrap, max_samples, oob_score }: Omit<ForestValues, 'n_estimators'>): void => {
    if (bootstrap || !(oob_score || max_samples !== null)) return;
    throw new ParamError(
      `${name}’s oob_score and max_samples are about rows that are drawn: set bootstrap to true, or leave them out`,
    );
  };

/**
 * Grows trees on rows that each draws with replacement: by their weights, where they have any.
 *
 * Source: Breiman 2001; scikit-learn 1.9, `_parallel_build_trees`.
 *
 * @returns of each tree which rows it drew, where they are asked for the score of the others
 */
export function growForest({ rows, weights: given, values, random, grow, onRound }: ForestTask): Uint8Array[] {
  const weights = rowWeights(rows, given);
  const samples = samplesOf(values.max_samples, rows, given);
  const draw = () => (given ? drawByChance(weights, samples, random) : drawEvenly(rows, samples, random));
  const drawn: Uint8Array[] = [];
  for (let tree = 0; tree < values.n_estimators; tree++) {
    const counts = values.bootstrap ? draw() : weights;
    grow(counts);
    if (values.oob_score && values.bootstrap) drawn.push(Uint8Array.from(counts, (count) => Math.min(count, 1)));
    onRound?.(tree + 1, values.n_estimators);
  }
  return drawn;
}

/**
 * How many rows a tree draws.
 *
 * Source: scikit-learn 1.9, `_get_n_samples_bootstrap`.
 *
 * @throws DataError where a share of the weights' sum is too many to draw
 */
function samplesOf(given: number | null, rows: number, weights: Float64Array | undefined): number {
  if (given === null) return rows;
  if (given > 1) return Math.floor(given);
  const all = weights?.reduce((sum, weight) => sum + weight, 0) ?? rows;
  const samples = Math.max(1, Math.floor(given * all));
  if (weights && samples > Math.max(rows, MOST_DRAWS)) {
    throw new DataError(
      `max_samples ${given} is a share of the weights’ sum, ${all}: it would draw ${samples} rows for each tree. ` +
        'Give the number of rows to draw, or leave it out to draw as many as there are',
    );
  }
  return samples;
}

/** Counts how often each row is drawn, all having the same chance. */
function drawEvenly(rows: number, samples: number, random: Random): Float64Array {
  const counts = new Float64Array(rows);
  for (let k = 0; k < samples; k++) counts[random.below(rows)]! += 1;
  return counts;
}

/** What leaves say: how many numbers, and how those of a leaf are added to sums, from a place on. */
export interface LeafReader {
  readonly outputs: number;
  add(sums: Float64Array, at: number, leaf: number): void;
}

/** Rows that some tree did not draw, and that count; and the mean of what these trees say of each: rows × outputs. */
interface OutOfBag {
  readonly rows: readonly number[];
  readonly means: Float64Array;
}

/** @param weights of the rows */
export function outOfBag(
  trees: Trees,
  drawn: readonly Uint8Array[],
  x: Matrix,
  weights: Float64Array | undefined,
  { outputs, add }: LeafReader,
): OutOfBag {
  const sums = new Float64Array(outputs * x.rows);
  const counts = new Uint32Array(x.rows);
  drawn.forEach((isDrawn, tree) => {
    applyTree(trees, tree, x).forEach((leaf, row) => {
      if (isDrawn[row] === 1) return;
      add(sums, outputs * row, leaf);
      counts[row]! += 1;
    });
  });
  const rows = Array.from(counts.keys()).filter((row) => counts[row]! > 0 && weights?.[row] !== 0);
  const means = Float64Array.from({ length: outputs * rows.length }, (_, at) => {
    const row = rows[Math.floor(at / outputs)]!;
    return sums[outputs * row + (at % outputs)]! / counts[row]!;
  });
  return { rows, means };
}

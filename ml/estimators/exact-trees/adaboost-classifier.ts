import type { Matrix } from '../../core/matrix.ts';
import type { Predictions } from '../../core/predictions.ts';
import { createRandom, scrambled } from '../../core/random.ts';
import { ExactGrower } from '../../trees/exact/grow.ts';
import { eachLeaves } from '../../trees/prediction/each-leaves.ts';
import { TreeBuilder, type Trees } from '../../trees/trees.ts';
import type { Estimator } from '../estimator.ts';
import { softmaxRows } from '../losses/softmax.ts';
import { family, numberParams } from './adaboost.ts';
import { RowChances } from './row-chances.ts';
import { rowWeights } from './row-weights.ts';
import { exactRules, ranksFor, unlimited } from './tree-params.ts';

const params = {
  n_estimators: numberParams.n_estimators,
  learning_rate: {
    ...numberParams.learning_rate,
    description: 'how much a tree counts, and how much more the rows do that it gets wrong',
  },
  max_depth: {
    ...numberParams.max_depth,
    default: 1,
    search: { low: 1, high: 10, scale: 'linear', grid: [1, 3, 6] },
  },
  splitter: numberParams.splitter,
} as const;

/** The votes of the trees. */
type VotingState = {
  readonly classes: number;
  /** Leaves say which class most of their rows are of, by what these counted. */
  readonly trees: Trees;
  /** What the vote of each tree counts. */
  readonly weights: Float64Array;
};

/**
 * Trees on rows that count the more, the more often they are predicted wrong. Each votes for a class; probabilities are a softmax of
 * the shares of the votes. A row first counts its share of all weight.
 *
 * Source: Zhu, Zou, Rosset and Hastie 2009 (SAMME), equation 15 for the probabilities; scikit-learn 1.9, `AdaBoostClassifier`,
 * whose trees have a depth of 1.
 */
export const adaboostClassifier: Estimator<typeof params, VotingState> = {
  ...family,
  tasks: ['binary', 'multiclass'],
  params,
  fit({ x, y, weights: given, classes = 2, params: values, seed, onRound }) {
    const { n_estimators, learning_rate, max_depth, splitter } = values;
    const random = createRandom(scrambled(seed));
    const rules = { ...exactRules('gini', { ...unlimited, max_depth }, x), classes };
    const grower = new ExactGrower(ranksFor(x, splitter), rules);
    const builder = new TreeBuilder();
    const chances = new RowChances(rowWeights(x.rows, given));
    const isWrong = new Uint8Array(x.rows);
    const sums = new Float64Array(classes);
    const weights: number[] = [];
    for (let tree = 0; tree < n_estimators; tree++) {
      const counts = chances.values;
      grower.grow(builder, { y, weights: counts }, random, (leaf, rows, start, end) => {
        sums.fill(0);
        for (let at = start; at < end; at++) sums[y[rows[at]!]!]! += counts[rows[at]!]!;
        const vote = largestOf(sums);
        builder.setLeaf(leaf, vote);
        for (let at = start; at < end; at++) isWrong[rows[at]!] = Number(y[rows[at]!] !== vote);
      });
      const error = shareOf(isWrong, counts);
      if (error <= 0) {
        // It is right everywhere.
        weights.push(1);
        break;
      }
      if (error >= 1 - 1 / classes) {
        // No better than chance: it is given up, unless it is the only one.
        if (tree === 0) weights.push(0);
        break;
      }
      const weight = learning_rate * (Math.log((1 - error) / error) + Math.log(classes - 1));
      weights.push(weight);
      const factor = Math.exp(weight);
      for (let i = 0; i < counts.length; i++) if (isWrong[i] === 1) counts[i]! *= factor;
      if (!chances.normalize()) break;
      onRound?.(tree + 1, n_estimators);
    }
    return { classes, trees: builder.build(weights.length), weights: Float64Array.from(weights) };
  },
  predict: (state, x) => stagedVotes(state, x, [state.weights.length])[0] as Predictions,
  staged: {
    rounds: 'n_estimators',
    count: ({ trees }) => trees.roots.length,
    predict: stagedVotes,
  },
};

/** The first of the largest numbers. */
function largestOf(sums: Float64Array): number {
  let largest = 0;
  for (let k = 1; k < sums.length; k++) if (sums[k]! > sums[largest]!) largest = k;
  return largest;
}

/** How much of all that rows count those do that are marked; only rows that count are. */
function shareOf(isMarked: Uint8Array, counts: Float64Array): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < counts.length; i++) {
    total += counts[i]!;
    if (isMarked[i] === 1) sum += counts[i]!;
  }
  return sum / total;
}

/** The probabilities by the first so many trees, for each number in `rounds` (ascending). */
function stagedVotes({ classes, trees, weights }: VotingState, x: Matrix, rounds: readonly number[]): Predictions[] {
  const { roots, threshold } = trees;
  const stages = rounds.map((count) => ({
    end: Math.min(count, weights.length),
    votes: new Float64Array(x.rows * classes),
  }));
  const votes = new Float64Array(classes);
  eachLeaves(trees, x, (leaves, first, count) => {
    for (let i = 0; i < count; i++) {
      votes.fill(0);
      let tree = 0;
      for (const stage of stages) {
        for (; tree < stage.end; tree++) votes[threshold[leaves[i * roots.length + tree]!]!]! += weights[tree]!;
        stage.votes.set(votes, (first + i) * classes);
      }
    }
  });
  return stages.map(({ end, votes }) => {
    const total = weights.subarray(0, end).reduce((sum, weight) => sum + weight, 0);
    return { rows: x.rows, outputs: classes, values: softmaxRows(scoresOf(votes, total, classes), classes) };
  });
}

/** What a softmax makes probabilities of: a vote counts for its class, and evenly against the others. Where no vote counts, all are alike. */
function scoresOf(votes: Float64Array, total: number, classes: number): Float64Array {
  const others = classes - 1;
  return votes.map((vote) => (total > 0 ? (vote - (total - vote) / others) / total / others : 0));
}

// The mixture of candidates' probabilities with the smallest log loss: what a stack is for numbers.

import { type Combination, type Evidence, single } from './evidence.ts';
import { MOST_MEMBERS } from './greedy.ts';
import { bestCandidate, type Learner } from './judge.ts';
import { type NormalEquations, solveNonNegative } from './non-negative.ts';
import { type OwnClasses, ownClasses } from './own-class.ts';

const MOST_STEPS = 40;
const MOST_HALVINGS = 20;
/** Within so much of the smallest log loss, weights are found: a step would gain less. */
const TOLERANCE = 1e-8;
/** Candidates that say the same leave the equations without a solution: in shares of their diagonal. */
const RIDGE = 1e-9;
/** No probability counts as smaller. */
const SMALLEST = Number.EPSILON;
/** A weight that is smaller is none. */
const LEAST_WEIGHT = 1e-4;

/**
 * Finds mixtures: weights of at least 0 that sum to 1, of the smallest log loss in the rows of some folds, whatever the metric is that
 * they are judged by. Of more members than a model may have those of the largest weights are kept, and weighed anew.
 */
export function mixtures(evidence: Evidence): Learner {
  const known = new Map<number, OwnClasses>();
  const rowsOf = (fold: number): OwnClasses => {
    const rows = known.get(fold) ?? ownClasses(evidence, fold);
    known.set(fold, rows);
    return rows;
  };
  return (folds): Combination => {
    const rows = folds.map(rowsOf);
    const all = evidence.candidates.map((_, j) => j);
    const largest = (weights: Float64Array) =>
      all
        .filter((j) => (weights[j] as number) > LEAST_WEIGHT)
        .sort((a, b) => (weights[b] as number) - (weights[a] as number) || a - b)
        .slice(0, MOST_MEMBERS);
    const members = largest(mixtureOf(rows, all));
    if (members.length === 0) return single(bestCandidate(evidence, folds), evidence);
    const found = mixtureOf(rows, members);
    const total = found.reduce((sum, weight) => sum + weight, 0);
    return { intercept: 0, weights: found.map((weight) => weight / total) };
  };
}

/**
 * The weights of a mixture, by sequential quadratic programming: minimises −mean log(Σ weight × p) + Σ weight over weights of at
 * least 0, whose solution sums to 1 by itself. Each step solves a quadratic model without negative entries, and is halved
 * until it gains.
 *
 * Source: Kim, Carbonetto, Stephens and Anitescu 2020, arXiv:1806.01412.
 *
 * @param members the candidates that may have a weight
 * @returns one weight a candidate
 */
export function mixtureOf(rows: readonly OwnClasses[], members: readonly number[]): Float64Array {
  const candidates = (rows[0] as OwnClasses).probabilities.length;
  let weights = new Float64Array(candidates);
  for (const j of members) weights[j] = 1 / members.length;
  let value = valueAt(rows, weights);
  for (let step = 0; step < MOST_STEPS; step++) {
    const { gradient, equationsOf } = quadraticModel(rows, weights, members);
    // By convexity no mixture is better by more than the steepest descent.
    if (gradient.reduce((least, slope) => Math.min(least, slope), 0) > -TOLERANCE) break;
    // Those that have no weight and would gain none are out of this step: of many candidates few are in it.
    const places = [...members.keys()].filter(
      (i) => (weights[members[i] as number] as number) > 0 || (gradient[i] as number) < 0,
    );
    const solved = solveNonNegative(equationsOf(places));
    const target = new Float64Array(candidates);
    for (const [i, place] of places.entries()) target[members[place] as number] = solved[i] as number;
    const next = towards(rows, weights, target, value);
    if (!next) break;
    ({ weights, value } = next);
  }
  return weights;
}

/** As far towards other weights as gains; undefined where nothing does. */
function towards(rows: readonly OwnClasses[], weights: Float64Array, target: Float64Array, value: number) {
  for (let halving = 0, share = 1; halving < MOST_HALVINGS; halving++, share /= 2) {
    const next = weights.map((weight, j) => weight + share * ((target[j] as number) - weight));
    const lower = valueAt(rows, next);
    if (lower < value) return { weights: next, value: lower };
  }
  return undefined;
}

function valueAt(rows: readonly OwnClasses[], weights: Float64Array): number {
  let sum = 0;
  let total = 0;
  for (const { probabilities, weights: counts, truth } of rows) {
    const mixed = mix(probabilities, weights);
    for (let i = 0; i < truth.length; i++) {
      const count = counts ? (counts[i] as number) : 1;
      sum -= count * Math.log(Math.max(SMALLEST, mixed[i] as number));
      total += count;
    }
  }
  return sum / total + weights.reduce((all, weight) => all + weight, 0);
}

function mix(probabilities: readonly Float64Array[], weights: Float64Array): Float64Array {
  const mixed = new Float64Array((probabilities[0] as Float64Array).length);
  for (const [j, own] of probabilities.entries()) {
    const weight = weights[j] as number;
    if (weight === 0) continue;
    for (let i = 0; i < mixed.length; i++) mixed[i] = (mixed[i] as number) + weight * (own[i] as number);
  }
  return mixed;
}

/**
 * The quadratic model of the loss at some weights: the gradient of each member, and the equations whose solution is where the model is
 * smallest among some of them, by their places.
 */
function quadraticModel(
  rows: readonly OwnClasses[],
  weights: Float64Array,
  members: readonly number[],
): {
  readonly gradient: Float64Array;
  readonly equationsOf: (places: readonly number[]) => NormalEquations;
} {
  const parts = rows.map(({ probabilities, weights: counts, truth }) => {
    const mixed = mix(probabilities, weights);
    const roots = truth.map((_, i) => (counts ? Math.sqrt(counts[i] as number) : 1));
    // Each row's probabilities as shares of what is mixed of it, by the root of how much it counts.
    const shares = members.map((j) =>
      (probabilities[j] as Float64Array).map(
        (p, i) => ((roots[i] as number) * p) / Math.max(SMALLEST, mixed[i] as number),
      ),
    );
    return { roots, shares };
  });
  const total = parts.reduce((sum, { roots }) => sum + product(roots, roots), 0);
  const gradient = Float64Array.from(
    members,
    (_, a) => 1 - parts.reduce((sum, { shares, roots }) => sum + product(shares[a] as Float64Array, roots), 0) / total,
  );
  const equationsOf = (places: readonly number[]): NormalEquations => {
    const size = places.length;
    const matrix = new Float64Array(size * size);
    for (let a = 0; a < size; a++) {
      for (let b = 0; b <= a; b++) {
        const [one, other] = [places[a] as number, places[b] as number];
        const sum = parts.reduce(
          (all, { shares }) => all + product(shares[one] as Float64Array, shares[other] as Float64Array),
          0,
        );
        matrix[a * size + b] = sum / total;
        matrix[b * size + a] = sum / total;
      }
      matrix[a * (size + 1)] = (matrix[a * (size + 1)] as number) * (1 + RIDGE);
    }
    // The curvature at the weights times these is the mean of the shares, once more.
    return { matrix, right: Float64Array.from(places, (place) => 1 - 2 * (gradient[place] as number)) };
  };
  return { gradient, equationsOf };
}

/** Four sums at a time, since each alone would wait for its own addition. */
function product(one: Float64Array, other: Float64Array): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  const whole = one.length - (one.length % 4);
  for (let i = 0; i < whole; i += 4) {
    s0 += (one[i] as number) * (other[i] as number);
    s1 += (one[i + 1] as number) * (other[i + 1] as number);
    s2 += (one[i + 2] as number) * (other[i + 2] as number);
    s3 += (one[i + 3] as number) * (other[i + 3] as number);
  }
  for (let i = whole; i < one.length; i++) s0 += (one[i] as number) * (other[i] as number);
  return s0 + s1 + (s2 + s3);
}

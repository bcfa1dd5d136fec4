import { solveCholesky } from '../../core/cholesky.ts';
import { isBetter, type Metric } from '../metric.ts';
import { addUp, type ErrorProducts, type FoldProducts, type Scale } from './error-products.ts';
import { type Combination, combine, type Evidence, type FoldEvidence } from './evidence.ts';
import { MOST_MEMBERS } from './greedy.ts';
import { type NormalEquations, solveNonNegative } from './non-negative.ts';

/** Strengths of the ridge that are tried, in shares of the target's sum of squares; of even ones the first is taken. */
const STRENGTHS: readonly number[] = [1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001, 0.0003];
/** Where there are too few folds to choose by. */
const USUAL_STRENGTH = 0.03;

/**
 * Stacks candidates of one output: a linear combination with an intercept and no negative weight, by least squares with a
 * ridge, whose strength is chosen by the folds that each may be judged by.
 *
 * Source: Breiman 1996, Stacked regressions, Machine Learning 24.
 *
 * @returns a function from the folds by whose rows weights are found to the combination
 */
export function stacker(evidence: Evidence, products: FoldProducts): (folds: readonly number[]) => Combination {
  const solve = (folds: readonly number[], strength: number) =>
    fitStack(addUp(folds.map((fold) => products.of(fold))), products.scale, strength);
  return (folds) => solve(folds, chooseStrength(evidence, folds, solve));
}

function chooseStrength(
  evidence: Evidence,
  folds: readonly number[],
  solve: (folds: readonly number[], strength: number) => Combination,
): number {
  const { metric } = evidence;
  const judged = folds
    .map((fold) => {
      const { sources } = evidence.folds[fold] as FoldEvidence;
      return { fold, sources: sources.filter((source) => folds.includes(source)) };
    })
    .filter(({ sources }) => sources.length > 0);
  if (judged.length === 0) return USUAL_STRENGTH;
  let best = { strength: USUAL_STRENGTH, score: Number.NaN };
  for (const strength of STRENGTHS) {
    const scores = judged.map(({ fold, sources }) => scoreIn(solve(sources, strength), evidence, fold, metric));
    const score = scores.reduce((sum, each) => sum + each, 0) / scores.length;
    if (Number.isNaN(best.score) || isBetter(metric, score, best.score)) best = { strength, score };
  }
  return best.strength;
}

function scoreIn(combination: Combination, evidence: Evidence, fold: number, metric: Metric): number {
  const { truth, weights } = evidence.folds[fold] as FoldEvidence;
  return metric.compute(truth, combine(combination, evidence, fold), weights);
}

/** The stack of a strength, by sums over the rows. */
export function fitStack(products: ErrorProducts, { origin, unit }: Scale, strength: number): Combination {
  const { equations, meanOfTarget, meansOfErrors } = normalEquations(products, strength);
  const weights = solveNonNegative(equations);
  const members = [...weights.keys()].filter((j) => (weights[j] as number) > 0);
  if (members.length > MOST_MEMBERS) keepLargest(weights, members, equations);
  // The candidates' predictions are `origin` + target + error; what their weighted means lack is the intercept.
  let sum = 0;
  let predicted = 0;
  weights.forEach((weight, j) => {
    sum += weight;
    predicted += weight * (meanOfTarget + (meansOfErrors[j] as number));
  });
  return { intercept: origin * (1 - sum) + (meanOfTarget - predicted) / unit, weights };
}

/** Solves again for those of the largest weights alone; with fewer of them, none turns negative where they agree. */
function keepLargest(weights: Float64Array, members: readonly number[], { matrix, right }: NormalEquations): void {
  let kept = members
    .toSorted((a, b) => (weights[b] as number) - (weights[a] as number) || a - b)
    .slice(0, MOST_MEMBERS)
    .sort((a, b) => a - b);
  for (;;) {
    const solved = solveCholesky(matrix, right, kept);
    const positive = kept.filter((_, i) => (solved[i] as number) > 0);
    if (positive.length === kept.length) {
      weights.fill(0);
      for (const [i, entry] of kept.entries()) weights[entry] = solved[i] as number;
      return;
    }
    kept = positive;
  }
}

/** Of the candidates' predictions about their means, as many as there are; the ridge grows with the target's squares. */
function normalEquations({ sums, size }: ErrorProducts, strength: number) {
  const total = sums[0] as number;
  const last = size - 1;
  const about = (a: number, b: number) =>
    (sums[a * size + b] as number) - ((sums[a] as number) * (sums[b] as number)) / total;
  const squares = about(last, last);
  const count = size - 2;
  const matrix = new Float64Array(count * count);
  const right = new Float64Array(count);
  for (let a = 1; a <= count; a++) {
    right[a - 1] = about(a, last) + squares;
    for (let b = 1; b <= count; b++)
      matrix[(a - 1) * count + b - 1] = about(a, b) + about(a, last) + about(b, last) + squares;
    matrix[(a - 1) * (count + 1)] = (matrix[(a - 1) * (count + 1)] as number) + strength * squares;
  }
  return {
    equations: { matrix, right } satisfies NormalEquations,
    meanOfTarget: (sums[last] as number) / total,
    meansOfErrors: Float64Array.from({ length: count }, (_, j) => (sums[j + 1] as number) / total),
  };
}

// Where something is drawn, what both sides score on average is compared: R², or the log loss of classes.

import { regressionScores } from '../../ml/core/regression-scores.ts';
import type { Reply } from './ask.ts';
import { familyOf } from './families.ts';
import type { Problem } from './problem.ts';
import type { Verdict } from './verdict.ts';

/** How far means over seeds may be apart. */
const TOLERANCES = { 'mean R²': 0.01, 'mean log loss': 0.005 };
/** So many standard errors may be chance. */
const SIGMAS = 4;

/** A probability is no lower: below, a few rows tell how sure a model is where it errs, and nothing of the others. */
const LEAST_PROBABILITY = 1e-3;

/** Of a score over so many seeds, with its standard deviation. */
export interface MeanScore {
  readonly mean: number;
  readonly deviation: number;
  readonly seeds: number;
}

/** What a side scores on the rows held out. */
export function meanScoreOf(problem: Problem, { predictions = [] }: Reply): MeanScore {
  const score = problem.classes === undefined ? r2Of : logLossOf;
  const all = predictions.map((values) => score(problem, values));
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  const squares = all.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / Math.max(1, all.length - 1)), seeds: all.length };
}

/** No lower than −1: below, it tells how bad a model is, which is of no use to anybody. */
function r2Of(problem: Problem, predictions: Float64Array): number {
  const { y, holdoutY } = problem;
  const digits = familyOf(problem).rounding * sizeOf(y).largest;
  // Of targets that are all the same R² is 1 or 0: rounding must not decide.
  const rounded = predictions.map((value, i) => {
    const target = holdoutY[i] as number;
    return Math.abs(value - target) <= digits ? target : value;
  });
  return Math.max(-1, regressionScores(holdoutY, rounded).r2);
}

function logLossOf({ holdoutY, classes = 1 }: Problem, probabilities: Float64Array): number {
  const losses = holdoutY.map(
    (k, i) => -Math.log(Math.max(LEAST_PROBABILITY, probabilities[i * classes + k] as number)),
  );
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

/** Targets' mean, how far they are from it, and how large they are. */
export function sizeOf(y: Float64Array): { mean: number; spread: number; largest: number } {
  const mean = y.reduce((sum, value) => sum + value / y.length, 0);
  const most = (of: (value: number) => number) => y.reduce((most, value) => Math.max(most, Math.abs(of(value))), 0);
  return { mean, spread: most((value) => value - mean), largest: most((value) => value) };
}

export function judgeScores({ classes }: Pick<Problem, 'classes'>, ours: MeanScore, theirs: MeanScore): Verdict {
  const score = classes === undefined ? 'mean R²' : 'mean log loss';
  const difference = Math.abs(ours.mean - theirs.mean);
  if (difference <= TOLERANCES[score]) return { kind: 'agreed', difference };
  const error = Math.sqrt(ours.deviation ** 2 / ours.seeds + theirs.deviation ** 2 / theirs.seeds);
  if (difference <= TOLERANCES[score] + SIGMAS * error) return { kind: 'agreed', difference, undecided: true };
  const why = [ours, theirs].map(({ mean, seeds }) => `${mean.toFixed(4)} (${seeds} seeds)`).join(', theirs ');
  return {
    kind: 'disagreed',
    how: 'mean score',
    why: `${score} ${why}, standard error ${error.toFixed(4)}`,
    difference,
  };
}

// Whether both sides agree on a random problem, within what docs/guide/models.md promises.

import { regressionScores } from '../../ml/core/regression-scores.ts';
import type { Reply } from './ask.ts';
import { familyOf } from './families.ts';
import { tiedRows } from './neighbour-ties.ts';
import type { Problem } from './problem.ts';

/** What came of a problem. */
export interface Verdict {
  readonly kind: 'agreed' | 'left_out' | 'disagreed';
  /** How they disagree; a smaller problem must disagree alike to stand for it. */
  readonly how?: 'predictions' | 'mean R²' | 'ours is not finite' | 'only ours refuses' | 'only theirs refuses';
  /** A sentence of it. */
  readonly why?: string;
  /** Of predictions as a share of the targets' spread, or of mean R². */
  readonly difference: number;
  /** The held-out row that differs most. */
  readonly row?: number;
  /** How many more seeds would tell whether mean R² differs. */
  readonly undecided?: true;
}

/** How far mean R² over seeds may be apart. */
const R2_TOLERANCE = 0.01;
/** So many standard errors may be chance. */
const SIGMAS = 4;

/** What is said where a side refuses; nothing where both answer. */
function judgeRefusal(model: string, ours: Reply, theirs: Reply): Verdict | undefined {
  if (ours.refused !== undefined) {
    if (theirs.refused !== undefined) return { kind: 'agreed', difference: 0 };
    // The reference's own overflow: to answer it is no better than to refuse.
    if (!theirs.predictions.every((row) => row.every(Number.isFinite)))
      return { kind: 'left_out', difference: 0, why: 'the reference’s answer is not finite' };
    return { kind: 'disagreed', how: 'only ours refuses', why: ours.refused, difference: 0 };
  }
  const { refused } = theirs;
  if (refused === undefined) return undefined;
  if (familyOf(model).onlyOursAnswers?.some((said) => said.test(refused)))
    return { kind: 'left_out', difference: 0, why: `the reference refuses: ${refused}` };
  return { kind: 'disagreed', how: 'only theirs refuses', why: refused, difference: 0 };
}

/**
 * Compares predictions one by one, but for rows that hang on a tie: those on which the reference's own answers differ,
 * from seed to seed or where rounding is moved.
 */
export function judgeEach(problem: Problem, ours: Reply, theirs: Reply, moved: readonly Reply[] = []): Verdict {
  const refusal = judgeRefusal(problem.model, ours, theirs);
  if (refusal) return refusal;
  const { tolerance } = familyOf(problem.model);
  const [mine, first] = [ours.predictions?.[0], theirs.predictions?.[0]] as [Float64Array, Float64Array];
  const differences = differencesOf(problem, first, mine);
  const isTied = tiesOf(problem, [theirs, ...moved]);
  const compared = [...mine.keys()].filter((i) => isTied[i] === 0);
  if (compared.length === 0) return { kind: 'left_out', difference: 0, why: 'every row hangs on a tie' };
  const row = compared.reduce((most, i) => ((differences[i] as number) > (differences[most] as number) ? i : most));
  const difference = differences[row] as number;
  if (difference <= tolerance) return { kind: 'agreed', difference };
  const wrong = compared.filter((i) => (differences[i] as number) > tolerance).length;
  const why = `${wrong} of ${compared.length} predictions; row ${row}: ${mine[row]}, theirs ${first[row]}`;
  const how = Number.isFinite(difference) ? 'predictions' : 'ours is not finite';
  return { kind: 'disagreed', how, why, difference, row };
}

/** 1 for each row held out that cannot be compared: the reference's answers differ, or are not finite. */
export function tiesOf(problem: Problem, theirs: readonly Reply[]): Uint8Array {
  const { tolerance } = familyOf(problem.model);
  const [first, ...others] = theirs.flatMap(({ predictions = [] }) => predictions);
  const ties = tiedRows(problem);
  if (first === undefined) return ties;
  for (const other of others)
    differencesOf(problem, first, other).forEach((difference, i) => {
      if (difference > tolerance / 100) ties[i] = 1;
    });
  return ties.map((tied, i) => Number(tied === 1 || !Number.isFinite(first[i])));
}

/**
 * How far predictions are from the reference's, beyond its rounding, as a share of the targets' spread (or of its own
 * prediction's distance from them, where that is larger); infinite where they are not finite.
 */
function differencesOf({ model, y }: Problem, theirs: Float64Array, ours: Float64Array): Float64Array {
  const { rounding } = familyOf(model);
  const { mean, spread, largest } = sizeOf(y);
  return theirs.map((value, i) => {
    const scale = Math.max(spread, Math.abs(value - mean)) || 1;
    const difference = Math.abs((ours[i] as number) - value) - rounding * largest;
    return Number.isNaN(difference) ? Infinity : Math.max(0, difference) / scale;
  });
}

/** Targets' mean, how far they are from it, and how large they are. */
function sizeOf(y: Float64Array): { mean: number; spread: number; largest: number } {
  const mean = y.reduce((sum, value) => sum + value / y.length, 0);
  const most = (of: (value: number) => number) => y.reduce((most, value) => Math.max(most, Math.abs(of(value))), 0);
  return { mean, spread: most((value) => value - mean), largest: most((value) => value) };
}

/**
 * Compares mean R² over seeds: they disagree where it is apart by more than the promise, and by more standard errors
 * than chance gives.
 */
export function judgeMeans(problem: Problem, ours: Reply, theirs: Reply | MeanR2): Verdict {
  if ('mean' in theirs) {
    const refusal = judgeRefusal(problem.model, ours, { predictions: [] });
    return refusal ?? judgeR2(r2Of(problem, ours), theirs);
  }
  return judgeRefusal(problem.model, ours, theirs) ?? judgeR2(r2Of(problem, ours), r2Of(problem, theirs));
}

/** Of R² over so many seeds, with its standard deviation. */
export interface MeanR2 {
  readonly mean: number;
  readonly deviation: number;
  readonly seeds: number;
}

/** R² is no lower than −1 here: below, it tells how bad a model is, which is of no use to anybody. */
export function r2Of({ model, y, holdoutY }: Problem, { predictions = [] }: Reply): MeanR2 {
  const digits = familyOf(model).rounding * sizeOf(y).largest;
  // Of targets that are all the same R² is 1 or 0: rounding must not decide.
  const rounded = (value: number, i: number) => {
    const target = holdoutY[i] as number;
    return Math.abs(value - target) <= digits ? target : value;
  };
  const all = predictions.map((row) => Math.max(-1, regressionScores(holdoutY, row.map(rounded)).r2));
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  const squares = all.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / Math.max(1, all.length - 1)), seeds: all.length };
}

export function judgeR2(ours: MeanR2, theirs: MeanR2): Verdict {
  const difference = Math.abs(ours.mean - theirs.mean);
  if (difference <= R2_TOLERANCE) return { kind: 'agreed', difference };
  const error = Math.sqrt(ours.deviation ** 2 / ours.seeds + theirs.deviation ** 2 / theirs.seeds);
  if (difference <= R2_TOLERANCE + SIGMAS * error) return { kind: 'agreed', difference, undecided: true };
  const why = [ours, theirs].map(({ mean, seeds }) => `${mean.toFixed(4)} (${seeds} seeds)`).join(', theirs ');
  return { kind: 'disagreed', how: 'mean R²', why: `${why}, standard error ${error.toFixed(4)}`, difference };
}

// Whether both sides agree on a random problem, within what docs/guide/models.md promises.

import type { Reply } from './ask.ts';
import { familyOf } from './families.ts';
import { judgeScores, type MeanScore, meanScoreOf, sizeOf } from './mean-score.ts';
import { tiedRows } from './neighbour-ties.ts';
import type { Problem } from './problem.ts';
import type { Verdict } from './verdict.ts';

/** What is said where a side refuses; nothing where both answer. */
function judgeRefusal(problem: Problem, ours: Reply, theirs: Reply): Verdict | undefined {
  if (ours.refused !== undefined) {
    if (theirs.refused !== undefined) return { kind: 'agreed', difference: 0 };
    // The reference's own overflow: to answer it is no better than to refuse.
    if (!theirs.predictions.every((row) => row.every(Number.isFinite)))
      return { kind: 'left_out', difference: 0, why: 'the reference’s answer is not finite' };
    return { kind: 'disagreed', how: 'only ours refuses', why: ours.refused, difference: 0 };
  }
  const { refused } = theirs;
  if (refused === undefined) return undefined;
  if (familyOf(problem).onlyOursAnswers?.some((said) => said.test(refused)))
    return { kind: 'left_out', difference: 0, why: `the reference refuses: ${refused}` };
  return { kind: 'disagreed', how: 'only theirs refuses', why: refused, difference: 0 };
}

/**
 * Compares predictions one by one, but for rows that hang on a tie: those on which the reference's own answers differ,
 * from seed to seed or where rounding is moved.
 */
export function judgeEach(problem: Problem, ours: Reply, theirs: Reply, moved: readonly Reply[] = []): Verdict {
  const refusal = judgeRefusal(problem, ours, theirs);
  if (refusal) return refusal;
  const { tolerance } = familyOf(problem);
  const [mine, first] = [ours.predictions?.[0], theirs.predictions?.[0]] as [Float64Array, Float64Array];
  const differences = differencesOf(problem, first, mine);
  const isTied = tiesOf(problem, [theirs, ...moved]);
  const compared = [...differences.keys()].filter((i) => isTied[i] === 0);
  if (compared.length === 0) return { kind: 'left_out', difference: 0, why: 'every row hangs on a tie' };
  const row = compared.reduce((most, i) => ((differences[i] as number) > (differences[most] as number) ? i : most));
  const difference = differences[row] as number;
  if (difference <= tolerance) return { kind: 'agreed', difference };
  const wrong = compared.filter((i) => (differences[i] as number) > tolerance).length;
  const of = (predictions: Float64Array) => outputsOf(problem, predictions, row).join(', ');
  const why = `${wrong} of ${compared.length} predictions; row ${row}: ${of(mine)}, theirs ${of(first)}`;
  const how = Number.isFinite(difference) ? 'predictions' : 'ours is not finite';
  return { kind: 'disagreed', how, why, difference, row };
}

/** 1 for each row held out that cannot be compared: the reference's answers differ, or are not finite. */
export function tiesOf(problem: Problem, theirs: readonly Reply[]): Uint8Array {
  const { tolerance } = familyOf(problem);
  const [first, ...others] = theirs.flatMap(({ predictions = [] }) => predictions);
  const ties = tiedRows(problem);
  if (first === undefined) return ties;
  for (const other of others)
    differencesOf(problem, first, other).forEach((difference, i) => {
      if (difference > tolerance / 100) ties[i] = 1;
    });
  return ties.map((tied, i) => Number(tied === 1 || !outputsOf(problem, first, i).every(Number.isFinite)));
}

/** The predictions of a row held out: one, or one for each class. */
function outputsOf({ holdoutX }: Problem, predictions: Float64Array, row: number): Float64Array {
  const outputs = predictions.length / holdoutX.rows;
  return predictions.subarray(row * outputs, (row + 1) * outputs);
}

/**
 * How far predictions are from the reference's, beyond its rounding: the largest difference of a row's probabilities; of numbers as a
 * share of the targets' spread (or of its own prediction's distance from them, where that is larger). Infinite where they are not finite.
 */
function differencesOf(problem: Problem, theirs: Float64Array, ours: Float64Array): Float64Array {
  const { y, classes, holdoutX } = problem;
  const { mean, spread, largest } = sizeOf(y);
  const lost = classes === undefined ? familyOf(problem).rounding * largest : 0;
  return Float64Array.from({ length: holdoutX.rows }, (_, i) => {
    const mine = outputsOf(problem, ours, i);
    const apart = outputsOf(problem, theirs, i).map((value, output) => {
      const scale = classes === undefined ? Math.max(spread, Math.abs(value - mean)) || 1 : 1;
      const difference = Math.abs((mine[output] as number) - value) - lost;
      return Number.isNaN(difference) ? Infinity : Math.max(0, difference) / scale;
    });
    return Math.max(...apart);
  });
}

/**
 * Compares mean scores over seeds: they disagree where these are apart by more than the promise, and by more standard errors
 * than chance gives.
 */
export function judgeMeans(problem: Problem, ours: Reply, theirs: Reply | MeanScore): Verdict {
  const mine = () => meanScoreOf(problem, ours);
  if ('mean' in theirs) return judgeRefusal(problem, ours, { predictions: [] }) ?? judgeScores(problem, mine(), theirs);
  return judgeRefusal(problem, ours, theirs) ?? judgeScores(problem, mine(), meanScoreOf(problem, theirs));
}

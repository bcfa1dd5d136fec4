// Whether both sides agree on a random problem, within what README promises.

import { score } from '../../ml/metrics.ts';
import type { Reply } from './ask.ts';
import { familyOf } from './families.ts';
import { tiedRows } from './neighbour-ties.ts';
import type { Problem } from './problem.ts';

/** What came of a problem. */
export interface Verdict {
  readonly kind: 'agreed' | 'tied' | 'disagreed';
  /** How they disagree; a smaller problem must disagree alike to stand for it. */
  readonly how?: 'predictions' | 'mean R²' | 'ours is not finite' | 'only ours refuses' | 'only theirs refuses';
  /** A sentence of it. */
  readonly why?: string;
  /** Of predictions as a share of the targets' spread, or of mean R². */
  readonly difference: number;
  /** The row held out that differs by the most. */
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
  if (ours.refused !== undefined && theirs.refused !== undefined) return { kind: 'agreed', difference: 0 };
  // The reference's own overflow: to answer it is no better than to refuse.
  if (theirs.predictions?.some((row) => row.some((value) => !Number.isFinite(value))))
    return { kind: 'tied', difference: 0, why: 'the reference’s answer is not finite' };
  if (ours.refused !== undefined)
    return { kind: 'disagreed', how: 'only ours refuses', why: ours.refused, difference: 0 };
  if (ours.predictions?.some((row) => row.some((value) => !Number.isFinite(value))))
    return { kind: 'disagreed', how: 'ours is not finite', why: theirs.refused ?? 'theirs is', difference: Infinity };
  const { refused } = theirs;
  if (refused === undefined) return undefined;
  if (familyOf(model).onlyOursAnswers?.some((said) => said.test(refused)))
    return { kind: 'tied', difference: 0, why: `the reference refuses: ${refused}` };
  return { kind: 'disagreed', how: 'only theirs refuses', why: refused, difference: 0 };
}

/**
 * Compares predictions one by one, but for rows that hang on a tie: those on which the reference's own answers differ,
 * from seed to seed or where rounding is moved.
 */
export function judgeEach(problem: Problem, ours: Reply, theirs: Reply, moved: readonly Reply[] = []): Verdict {
  const refusal = judgeRefusal(problem.model, ours, theirs);
  if (refusal) return refusal;
  const { tolerance, rounding } = familyOf(problem.model);
  const { mean, spread, largest } = sizeOf(problem.y);
  const [mine, first] = [ours.predictions?.[0], theirs.predictions?.[0]] as [Float64Array, Float64Array];
  const others = [theirs, ...moved].flatMap(({ predictions = [] }) => predictions);
  const scales = first.map((value) => Math.max(spread, Math.abs(value - mean)));
  const excess = (value: number, i: number) =>
    Math.max(0, Math.abs(value - (first[i] as number)) - rounding * largest) / (scales[i] || 1);
  const isTied = tiedRows(problem).map((tied, i) =>
    Number(tied === 1 || others.some((row) => excess(row[i] as number, i) > tolerance / 100)),
  );
  const compared = [...mine.keys()].filter((i) => isTied[i] === 0);
  if (compared.length === 0) return { kind: 'tied', difference: 0, why: 'every row hangs on a tie' };
  const row = compared.reduce((most, i) =>
    excess(mine[i] as number, i) > excess(mine[most] as number, most) ? i : most,
  );
  const difference = excess(mine[row] as number, row);
  if (difference <= tolerance) return { kind: 'agreed', difference };
  const wrong = compared.filter((i) => excess(mine[i] as number, i) > tolerance).length;
  const why = `${wrong} of ${compared.length} predictions; row ${row}: ${mine[row]}, theirs ${first[row]}`;
  return { kind: 'disagreed', how: 'predictions', why, difference, row };
}

/** Targets' mean, how far they are from it, and how large they are. */
function sizeOf(y: Float64Array): { mean: number; spread: number; largest: number } {
  const mean = y.reduce((sum, value) => sum + value / y.length, 0);
  const most = (of: (value: number) => number) => y.reduce((most, value) => Math.max(most, Math.abs(of(value))), 0);
  return { mean, spread: most((value) => value - mean), largest: most((value) => value) };
}

/**
 * Compares mean R² over seeds: they disagree where it is apart by more than the promise, and by more standard errors
 * than chance gives. R² is no lower than −1 here: below it tells how bad a model is, which is of no use to anybody.
 */
export function judgeMeans(problem: Problem, ours: Reply, theirs: Reply): Verdict {
  const refusal = judgeRefusal(problem.model, ours, theirs);
  if (refusal) return refusal;
  return judgeR2(r2Of(problem, ours), r2Of(problem, theirs));
}

export interface MeanR2 {
  readonly mean: number;
  readonly deviation: number;
  readonly seeds: number;
}

function r2Of({ holdoutY }: Problem, { predictions = [] }: Reply): MeanR2 {
  const all = predictions.map((row) => Math.max(-1, score(holdoutY, row).r2));
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

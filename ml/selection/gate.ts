import { BASELINE } from '../estimators/index.ts';
import type { Evaluated, Manifest } from '../release/manifest.ts';
import type { Scores } from './metrics.ts';

/** Whether a training leads to a release, and why, in a sentence without its full stop. */
export interface Verdict {
  readonly released: boolean;
  readonly reason: string;
}

/** What the gate looks at. */
export interface Judged {
  /** Every candidate, best first. */
  readonly leaderboard: readonly Evaluated[];
  readonly baseline: Evaluated;
  /** What the best one scores on the held-out rows; null where none could be trained. */
  readonly holdout: Scores | null;
  readonly threshold: Manifest['threshold'];
}

/**
 * The gate: the best candidate is released if it beats the baseline over the folds and its R² on the held-out rows is at
 * least the threshold. What is not finite never passes.
 */
export function judge({ leaderboard, baseline, holdout, threshold }: Judged): Verdict {
  const [best] = leaderboard;
  if (best?.status !== 'scored' || holdout === null)
    return heldBack(`no model could be trained. ${failures(leaderboard)}`);
  // The baseline itself may be released, by somebody who asks for nothing else.
  if (leaderboard.length > 1 || best.model !== BASELINE) {
    if (baseline.status === 'failed')
      return heldBack(`there is no baseline to compare ${best.model} with: ${BASELINE} failed: ${baseline.reason}`);
    if (!(best.cv.r2 > baseline.cv.r2))
      return heldBack(
        `no model does better than predicting the mean (R² over the folds: ${best.model} ${r2(best.cv)}${best.model === BASELINE ? '' : `, ${BASELINE} ${r2(baseline.cv)}`})`,
      );
  }
  const scored = leaderboard.filter(({ status }) => status === 'scored').length;
  const won = scored > 1 ? `, the best of ${scored} by cross-validation,` : '';
  const scores = (figure: string) => `${best.model}${won} has R² ${figure} on the held-out rows`;
  if (Number.isFinite(holdout.r2) && holdout.r2 >= threshold)
    return { released: true, reason: `${scores(r2(holdout))}; at least ${threshold} was asked` };
  // In full where it would else read as if it had passed: 0.59996, not 0.6000.
  const figure = Number(r2(holdout)) >= threshold ? String(holdout.r2) : r2(holdout);
  return heldBack(`${scores(figure)}, below the threshold ${threshold}`);
}

/**
 * A threshold in tenths, from 0, that would let a candidate pass which only the threshold holds back; null where it would
 * not help, or the candidate is worse on the held-out rows than their mean.
 */
export function lowerThreshold(judged: Judged): number | null {
  if (!judged.holdout || !(judged.holdout.r2 >= 0) || judge(judged).released) return null;
  const threshold = Math.floor(judged.holdout.r2 * 10) / 10;
  return judge({ ...judged, threshold }).released ? threshold : null;
}

const heldBack = (reason: string): Verdict => ({ released: false, reason });

const r2 = (scores: Scores) => scores.r2.toFixed(4);

const failures = (leaderboard: readonly Evaluated[]) =>
  leaderboard.map((entry) => (entry.status === 'failed' ? `${entry.model}: ${entry.reason}` : '')).join('; ');

import { type Chosen, isMember, membersOf, nameOf } from './chosen.ts';
import { type Comparison, comparisonInWords, isTooMuchWorse } from './comparison.ts';
import type { Evaluated } from './evaluated.ts';
import { type ImportedRecord, importedInWords } from './imported-record.ts';
import { isBetter, type Metric, type Scores, scoreOf, shown } from './metric.ts';
import type { Task } from './task.ts';

/** Whether a training leads to a release, and why, in a sentence without its full stop. */
export interface Verdict {
  readonly released: boolean;
  readonly reason: string;
  /** Whether it is released though it would be held back. */
  readonly forced?: true;
}

/** What the gate looks at. */
export interface Judged {
  /** Every candidate, best first. */
  readonly leaderboard: readonly Evaluated[];
  readonly baseline: Evaluated;
  /** Null where none could be trained, like `holdout`. */
  readonly chosen: Chosen | null;
  /** What the chosen one scores on the held-out rows. */
  readonly holdout: Scores | null;
  readonly threshold: number;
  /** How the chosen one compares with the release in use. @default there was none */
  readonly champion?: Comparison | null | undefined;
  /** Whether it is to be released whatever the threshold, and however much better the release in use is. @default false */
  readonly forced?: boolean | undefined;
  /** Of a model that was trained elsewhere, where: nothing was compared, and whoever imported it has decided. @default it was trained here */
  readonly imported?: ImportedRecord | undefined;
}

/**
 * The gate: the chosen model is released if it beats the baseline over the folds, on the held-out rows the task's metric
 * reaches the threshold, and there it is not worse than the release in use by more than is tolerated. What is not finite never
 * passes. Force lifts what a lower threshold or a larger tolerance would, and no more.
 */
export function judge(judged: Judged, task: Task): Verdict {
  if (judged.imported) return { released: true, reason: importedInWords(judged.imported) };
  const verdict = judgeUnforced(judged, task);
  if (!judged.forced || !canBeForced(judged, task)) return verdict;
  return { released: true, reason: `it is forced, although ${verdict.reason}`, forced: true };
}

/** What would let a candidate pass that is held back: a lower threshold in round numbers, or force. */
export type Remedy = { readonly threshold: number } | 'force';

/** What would let a candidate pass that is held back; null where nothing does, since it is no better than nothing. */
export function remedyFor(judged: Judged, task: Task): Remedy | null {
  const unforced = { ...judged, forced: false };
  if (!canBeForced(judged, task)) return null;
  const threshold = lowerThreshold(judged, task);
  return threshold !== null && judge({ ...unforced, threshold }, task).released ? { threshold } : 'force';
}

/** Whether only the threshold or the release in use holds it back. */
function canBeForced(judged: Judged, task: Task): boolean {
  if (judgeUnforced(judged, task).released) return false;
  return judgeAlone(judged, task).released || lowerThreshold(judged, task) !== null;
}

/** A threshold in round numbers that it would reach; null where it reaches its own, or is no better than nothing. */
function lowerThreshold(judged: Judged, task: Task): number | null {
  if (!judged.holdout || judgeAlone(judged, task).released) return null;
  const threshold = task.gate.lowerThreshold(scoreOf(judged.holdout, task.gate.metric));
  return threshold !== null && judgeAlone({ ...judged, threshold }, task).released ? threshold : null;
}

function judgeUnforced(judged: Judged, task: Task): Verdict {
  const { chosen, champion } = judged;
  const alone = judgeAlone(judged, task);
  if (!alone.released || !chosen || !champion) return alone;
  const compared = comparisonInWords(champion, nameOf(chosen), task);
  return isTooMuchWorse(champion) ? heldBack(compared) : { released: true, reason: `${alone.reason}; ${compared}` };
}

/** The verdict as if no release were in use. */
function judgeAlone({ leaderboard, baseline, chosen, holdout, threshold }: Judged, task: Task): Verdict {
  const { objective, gate } = task;
  if (leaderboard.length === 0)
    return heldBack('the search ended before any model was tried; give it more time, or fewer rows or columns');
  if (chosen === null || holdout === null) return heldBack(`no model could be trained. ${failures(leaderboard)}`);
  // The baseline itself may be released, by somebody who asks for nothing else.
  if (leaderboard.length > 1 || chosen.model !== task.baseline.model) {
    if (baseline.status === 'failed')
      return heldBack(
        `there is no baseline to compare ${nameOf(chosen)} with: ${baseline.model} failed: ${baseline.reason}`,
      );
    if (!isBetter(objective, scoreOf(chosen.cv, objective), scoreOf(baseline.cv, objective))) {
      const others = chosen.model === baseline.model ? [] : [`${baseline.model} ${shown(objective, baseline.cv)}`];
      const figures = [`${nameOf(chosen)} ${shown(objective, chosen.cv)}`, ...others];
      return heldBack(
        `no model does better than ${task.baseline.does} (${objective.title} over the folds: ${figures.join(', ')})`,
      );
    }
  }
  const scored = leaderboard.filter(({ status }) => status === 'scored').length;
  const won =
    scored > 1 ? `, ${isBest(chosen, leaderboard) ? 'the best' : 'chosen'} of ${scored} by cross-validation,` : '';
  const score = scoreOf(holdout, gate.metric);
  const has = (figure: string) => `${nameOf(chosen)}${won} has ${gate.metric.title} ${figure} on the held-out rows`;
  if (Number.isFinite(score) && reaches(gate.metric, score, threshold))
    return {
      released: true,
      reason: `${has(shown(gate.metric, holdout))}; at ${atLeast(gate.metric)} ${threshold} was asked`,
    };
  // In full where it would else read as if it had passed: 0.59996, not 0.6000.
  const short = shown(gate.metric, holdout);
  const figure = reaches(gate.metric, Number(short), threshold) ? String(score) : short;
  return heldBack(
    `${has(figure)}, ${gate.metric.direction === 'higher' ? 'below' : 'above'} the threshold ${threshold}`,
  );
}

const isBest = (chosen: Chosen, [best]: readonly Evaluated[]) =>
  best !== undefined && membersOf(chosen).length === 1 && isMember(chosen, best);

const reaches = (metric: Metric, score: number, threshold: number) =>
  score === threshold || isBetter(metric, score, threshold);

const atLeast = ({ direction }: Metric) => (direction === 'higher' ? 'least' : 'most');

const heldBack = (reason: string): Verdict => ({ released: false, reason });

const failures = (leaderboard: readonly Evaluated[]) =>
  leaderboard.map((entry) => (entry.status === 'failed' ? `${entry.model}: ${entry.reason}` : '')).join('; ');

import { type PlainProblem, plainProblem } from './problem.ts';
import type { Trial } from './trial.ts';

/** A problem on which both sides disagree. */
export interface Disagreement extends PlainProblem {
  /** The problem that was drawn: `--seed SEED`, and its place among them. */
  readonly seed: number;
  readonly index: number;
  readonly how: string;
  readonly why: string;
  /** What is predicted for each row of `holdout_x`, with the first seed; null where that side refuses. */
  readonly expected: readonly number[] | null;
  readonly ours: readonly number[] | null;
  /** The same problem before it was shrunk. */
  readonly drawn: PlainProblem;
}

export function disagreementOf({ problem, verdict, ours, theirs }: Trial, from: Drawn): Disagreement {
  const firstOf = ({ predictions }: Trial['ours']) => (predictions?.[0] ? [...predictions[0]] : null);
  return {
    seed: from.seed,
    index: from.index,
    how: verdict.how ?? '',
    why: verdict.why ?? '',
    ...plainProblem(problem),
    expected: firstOf(theirs),
    ours: firstOf(ours),
    drawn: plainProblem(from.problem),
  };
}

interface Drawn {
  readonly seed: number;
  readonly index: number;
  readonly problem: Trial['problem'];
}

/** What came of a family's problems. */
export interface FamilyRow {
  readonly family: string;
  readonly problems: number;
  readonly agreed: number;
  /** Nothing could be compared: every row hangs on a tie or on rounding. */
  readonly left_out: number;
  readonly disagreed: number;
  /** Between predictions that agree, as a share of the targets' spread, or between probabilities; null where none were compared. */
  readonly largest: number | null;
  /** Between mean scores over seeds that agree: R², or log loss of classes. */
  readonly largest_score: number | null;
}

/** A disagreement for people, whole where it is small. */
export function printDisagreement(found: Disagreement): string {
  const { model, classes, seed, index, how, why, params, levels, x, y, weights, holdout_x, expected, ours } = found;
  const lines = [
    `${model}${classes === undefined ? '' : `, ${classes} classes`}, problem ${index} of seed ${seed}: ${how}: ${why}`,
    `  params ${JSON.stringify(params)}${levels ? `, levels ${JSON.stringify(levels)}` : ''}`,
    `  x ${listed(x)}`,
    `  y ${listed(y)}`,
    ...(weights ? [`  weights ${listed(weights)}`] : []),
    `  predict ${listed(holdout_x)}`,
    `  theirs ${listed(expected)}`,
    `  ours ${listed(ours)}`,
  ];
  return lines.join('\n');
}

/** What is too long for a screen is in the file of `--json`. */
const LENGTH = 1000;

function listed(values: unknown): string {
  const text = JSON.stringify(values) ?? 'null';
  return text.length <= LENGTH ? text : `${text.slice(0, LENGTH)} … (whole with --json)`;
}

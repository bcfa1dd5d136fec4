// What is left to do once a search has ended takes time too: how much, by what its fits have taken so far.

import { featuresOf } from '../../data/declaration.ts';
import { classCountOf } from '../../data/task-kind.ts';
import { isUnstable } from '../../estimators/index.ts';
import { MOST_CANDIDATES } from '../ensemble/choose-model.ts';
import type { Evaluation, EvaluationOptions } from '../evaluation.ts';
import { candidateOf } from '../final-fits.ts';
import { rankEvaluations, secondsPerRow } from '../leaderboard.ts';
import { costOfLearningCurve } from '../learning-curve.ts';
import { refitsOf } from '../refits.ts';
import { costOf, sizeOf } from './auto/cost.ts';
import { gainByThreads, membersForAll } from './for-all.ts';
import type { Trials } from './trials.ts';

/** What comes after a search is about. */
export interface Afterwards extends Pick<EvaluationOptions, 'context' | 'task'> {
  readonly trials: Trials;
  /** How many rows are held out. */
  readonly heldOut: number;
  /** How many fits there are at a time, as many as there are cores. */
  readonly parallel: number;
  /** Where candidates are tried on some of the rows: the seconds of one core for members to learn from all. */
  readonly forAll?: number | undefined;
  /** The seconds of one core for fits on all rows beside those of the folds. */
  readonly refits: number;
  /** What it took to read the data. */
  readonly readSeconds: number;
}

/** So many candidates a model is made of, about: the best ones. */
const MEMBERS = 5;
/** Estimates are a little wrong. */
const MARGIN = 1.25;
/** Whatever the data is: to draw the report, and to start what writes the release and reads it again. */
const SURE_SECONDS = 3.5;
/** The report predicts held-out rows again: so many at most, and so many by all fits together. */
const REPORTED_ROWS = 20_000;
const REPORTED_IN_ALL = 200_000;
/** How many predictions tell what columns are worth, at most of a column, and at most in all; of fits of more trees than these, fewer. */
const SHUFFLED_ROWS = 10_000;
const SHUFFLED_IN_ALL = 100_000;
const TREES_OF_ONE = 2000;
/** How many numbers of theirs, and of those by which the columns are found that are worth it, are made at most. */
const SHUFFLED_CELLS = 200_000_000;
/** What it takes to make a number of their rows for a fit, in seconds. */
const SECONDS_OF_SHUFFLED = 1e-7;
/** The release writes the data down several times, and reads some of it again. */
const WRITES = 2;
/** Seconds for a number that a candidate has predicted: to find an ensemble, and what calibrates it. */
const SECONDS_OF_NUMBER = 2e-7;
/** What a mixture of classes takes for a candidate and one of the rows by which it is found, of which there are so many in a fold at most. */
const SECONDS_OF_MIXED = 3e-6;
const MIXED_ROWS = 4000;
/** Seconds for a row that is learned from, and for each number of it: intervals and the domain; and at least. */
const SECONDS_OF_ROW = 1.5e-5;
const SECONDS_OF_CELL = 5e-7;
const TRUST_SECONDS = 0.5;
/** A column takes time however few rows there are; of more columns than these some are looked at. */
const SECONDS_OF_COLUMN = 2e-3;
const MOST_LEARNED = 500;

/** The seconds from the end of a search to that of its training: fits on all rows, blends, intervals, what columns are worth, and the release. */
export function secondsAfterwards(about: Afterwards): number {
  const { trials, context, task, heldOut, parallel, readSeconds } = about;
  const scored = rankEvaluations(trials.evaluations(), task.objective).filter(({ folds }) => folds.length > 0);
  const members = scored.slice(0, MEMBERS);
  const { declaration, train } = context;
  const refits = refitsOf(members, context, about.refits);
  const perRow = members.reduce(
    (sum, member, place) => sum + (partsOf(member) + (refits[place] as number)) * secondsPerRow(member.folds),
    0,
  );
  const classes = classCountOf(declaration);
  const whole = members.slice(0, wholeMembers(members, about));
  const fits =
    members.slice(whole.length).reduce((sum, member) => sum + secondsOfFits(member, trials, parallel), 0) +
    whole.reduce((sum, member) => sum + secondsOnAll(member, about), 0) +
    members.reduce((sum, member, place) => sum + secondsOfRefits(member, refits[place] as number, about), 0);
  const features = featuresOf(declaration).length;
  const cost = costOfPrediction(members, classes);
  const shuffled = Math.min(features * SHUFFLED_ROWS, SHUFFLED_IN_ALL / cost, SHUFFLED_CELLS / (features * cost));
  const reported = Math.min(heldOut, REPORTED_ROWS, REPORTED_IN_ALL / cost);
  const known =
    fits +
    secondsOfCurve(members, about) +
    perRow * (heldOut + reported + shuffled) +
    shuffled * cost * features * SECONDS_OF_SHUFFLED +
    secondsToChoose(scored, about) +
    TRUST_SECONDS +
    train.rows * (SECONDS_OF_ROW + Math.min(features, MOST_LEARNED) * SECONDS_OF_CELL) +
    Math.min(features, MOST_LEARNED) * SECONDS_OF_COLUMN +
    WRITES * readSeconds;
  return SURE_SECONDS + MARGIN * known;
}

/** To choose among candidates, and to calibrate what is chosen. */
function secondsToChoose(scored: readonly Evaluation[], { context }: Afterwards): number {
  const numbers = scored.reduce(
    (sum, { folds }) => sum + folds.reduce((all, { predictions }) => all + predictions.values.length, 0),
    0,
  );
  const classes = classCountOf(context.declaration);
  const rows = context.folds.reduce((sum, { held }) => sum + Math.min(MIXED_ROWS, held.length), 0);
  const mixed = classes > 0 ? Math.min(MOST_CANDIDATES, scored.length) * rows : 0;
  return numbers * SECONDS_OF_NUMBER + mixed * SECONDS_OF_MIXED;
}

/** The learning curve of the best one, one fit after the other, by how slow its fits were. */
function secondsOfCurve([best]: readonly Evaluation[], { context, trials }: Afterwards): number {
  if (!best) return 0;
  const size = sizeOf(context);
  const costs = best.folds.reduce((sum, { rounds }) => sum + costOf(best.entry, size, rounds ?? undefined), 0);
  const seconds = best.folds.reduce((sum, { fitSeconds, predictSeconds }) => sum + fitSeconds + predictSeconds, 0);
  return (seconds / costs) * costOfLearningCurve(best, { context, trials: trials.recorded() });
}

/** How many of the members will learn from all rows, where candidates are tried on some. */
function wholeMembers(members: readonly Evaluation[], { context, forAll = 0 }: Afterwards): number {
  const { all, declaration } = context;
  return all ? membersForAll(members.map(candidateOf), { rows: all.rows, forAll, declaration }) : 0;
}

/** A fit on all rows, which has all cores to itself, by what those on some of them took. */
function secondsOnAll(member: Evaluation, { context, parallel }: Afterwards): number {
  return ((context.all ?? context.train).rows * secondsPerLearned(member, context)) / gainByThreads(parallel);
}

/** What the fits of the folds took for each row that they learned from. */
function secondsPerLearned({ folds }: Evaluation, context: Afterwards['context']): number {
  const learned = folds.reduce((sum, { fold }) => sum + (context.folds[fold]?.learned.length ?? 0), 0);
  const seconds = folds.reduce((sum, { fitSeconds }) => sum + fitSeconds, 0);
  return seconds / Math.max(1, learned);
}

/** Of how many fits a candidate is made, as a member. */
const partsOf = ({ entry, folds }: Evaluation): number => (isUnstable(entry.model) ? folds.length : 1);

/** The fits of a candidate that were not kept, or that on all rows. */
function secondsOfFits({ entry, asFitted, folds }: Evaluation, trials: Trials, parallel: number): number {
  const total = (some: Evaluation['folds']) => some.reduce((sum, { fitSeconds }) => sum + fitSeconds, 0);
  if (!isUnstable(entry.model)) return total(folds) / Math.max(1, folds.length - 1);
  return total(folds.filter(({ fold }) => !trials.fitOf(asFitted, fold))) / Math.min(folds.length, parallel);
}

/** So many fits on all rows, by what those of the folds took. */
function secondsOfRefits(member: Evaluation, refits: number, { context, parallel }: Afterwards): number {
  return Math.ceil(refits / parallel) * context.train.rows * secondsPerLearned(member, context);
}

/** What members cost at the prediction of a row together, in predictions of a usual fit. */
function costOfPrediction(members: readonly Evaluation[], classes: number): number {
  const outputs = classes > 2 ? classes : 1;
  const cost = members.reduce((sum, member) => {
    const rounds = member.folds.reduce((all, { rounds }) => all + (rounds ?? 1), 0) / member.folds.length;
    return sum + partsOf(member) * Math.max(1, (rounds * outputs) / TREES_OF_ONE);
  }, 0);
  return Math.max(1, cost);
}

// What a search has spent and what it came to.

import type { Candidate } from '../../candidate.ts';
import { heldBeside } from '../../draw-rows.ts';
import { propose } from '../proposals.ts';
import type { Batch, Outcome, Proposal } from '../strategy.ts';
import { costOf } from './cost.ts';
import type { Family } from './family.ts';
import { type AutoSetting, resultsOf, scoreOfEvaluation } from './setting.ts';

/** What a generator of a search's part gives back at its end. */
export type Part<T = void> = Generator<Batch, T, readonly (Outcome | undefined)[]>;

/** In so many folds a candidate shows whether it is worth the others. */
const PROBED = 2;

const range = (from: number, to: number) => Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
export const firstFolds = (folds: number) => range(0, Math.min(PROBED, folds));
export const laterFolds = (folds: number) => range(Math.min(PROBED, folds), folds);

/** Proposes a candidate, whose fits are kept: it may be chosen. */
export function proposeFull(candidate: Candidate, folds: readonly number[], { given }: AutoSetting): Proposal {
  return propose(candidate, folds, given, { keep: true });
}

/**
 * Notes what a proposal came to: its cost, and its score where its candidate was tried in all folds. A model for which there was
 * no time is over.
 */
export function record(family: Family, outcome: Outcome | undefined, setting: AutoSetting): void {
  if (!outcome) {
    family.isOver = true;
    return;
  }
  addCost(family, outcome, setting);
  const evaluation = setting.trials.evaluationOf(outcome.proposal.fit.fitted);
  if (evaluation) family.record(evaluation, scoreOfEvaluation(evaluation, setting.objective));
}

/** Notes what a proposal cost, if there was time for it. */
export function addCost(family: Family, outcome: Outcome | undefined, setting: AutoSetting): void {
  if (outcome) family.spent += costOfOutcome(outcome, setting);
}

/** What a proposal cost, by the rounds that its fits came to. */
function costOfOutcome(outcome: Outcome, { size }: AutoSetting): number {
  const { fit, how } = outcome.proposal;
  const rows = Math.min(size.rows, how.rows ?? size.rows);
  const held = Math.min(size.held, heldBeside(rows));
  const results = resultsOf(outcome) ?? [];
  return results.reduce(
    (sum, { rounds }) =>
      sum + costOf(fit.fitted, { ...size, rows, held }, rounds === null ? undefined : rounds + (how.patience ?? 0)),
    0,
  );
}

export const bestScore = (families: readonly Family[]): number => Math.max(...families.map(({ score }) => score));

/** What may be spent, where no budget ends a search: so many times what the openers cost, and less of it where that takes long. */
const MOST_TIMES = 6;
const LEAST_TIMES = 3;
const ENOUGH_SECONDS = 24;

/** How much of what may be spent is spent, from 0 to 1; 0 where a budget of time ends the search. */
export function shareDone(families: readonly Family[], { time, size, folds }: AutoSetting): number {
  if (time) return 0;
  const going = families.filter(({ isOver }) => !isOver);
  const openers = going.reduce((sum, { opener }) => sum + folds * costOf(opener, size), 0);
  const allowed = Math.min(MOST_TIMES * openers, Math.max(LEAST_TIMES * openers, ENOUGH_SECONDS));
  return Math.min(1, going.reduce((sum, { spent }) => sum + spent, 0) / allowed);
}

/** The first of some proposals that take no more than a share of the time that is left; all where no budget ends the search. */
export function within<T extends { readonly proposal: Proposal }>(
  share: number,
  proposed: readonly T[],
  { time }: AutoSetting,
): readonly T[] {
  if (!time) return proposed;
  let left = share * time.secondsLeft();
  const past = proposed.findIndex(({ proposal }) => {
    left -= time.secondsOf(proposal);
    return left < 0;
  });
  return past === -1 ? proposed : proposed.slice(0, past);
}

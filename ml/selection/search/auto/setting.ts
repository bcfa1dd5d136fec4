import type { Recipe } from '../../../features/recipe.ts';
import type { Evaluation, FoldResult } from '../../evaluation.ts';
import type { FitContext } from '../../fit-job.ts';
import { type Metric, scoreOf } from '../../metric.ts';
import type { SearchSetting } from '../sampled.ts';
import type { Outcome, Proposal } from '../strategy.ts';
import type { Trials } from '../trials.ts';
import type { Size } from './cost.ts';

/** What a search that a budget ends may know of the time. */
export interface TimeLeft {
  /** Until it ends. */
  secondsLeft(): number;
  /** What a proposal would take, had it the machine to itself. */
  secondsOf(proposal: Proposal): number;
}

/** All that the automatic search knows of its task. */
export interface AutoSetting extends SearchSetting {
  readonly context: FitContext;
  readonly objective: Metric;
  /** The model that looks at no column. */
  readonly baseline: string;
  readonly trials: Trials;
  /** What a fold learns from. */
  readonly size: Size;
  /** Finds sets of recipes that are worth a trial, the most promising first. */
  readonly proposeRecipes: () => readonly (readonly Recipe[])[];
  /** The time that there is, where a budget ends the search. @default no end */
  readonly time?: TimeLeft | undefined;
}

/** A score where higher is better. */
const upwards = ({ direction }: Metric, score: number): number => (direction === 'higher' ? score : -score);

/** The mean score of some folds, where higher is better; undefined where one failed. */
export function meanOf(outcome: Outcome | undefined, objective: Metric): number | undefined {
  const results = resultsOf(outcome);
  if (!results) return undefined;
  return upwards(objective, results.reduce((sum, { scores }) => sum + scoreOf(scores, objective), 0) / results.length);
}

/** The results of the one candidate that a proposal has; undefined where it failed or had no time. */
export function resultsOf(outcome: Outcome | undefined): readonly FoldResult[] | undefined {
  const results = outcome?.results[0];
  return results && !('reason' in results) ? results : undefined;
}

/** The score of an evaluation, where higher is better. */
export function scoreOfEvaluation({ entry }: Evaluation, objective: Metric): number {
  return entry.status === 'scored' ? upwards(objective, scoreOf(entry.cv, objective)) : -Infinity;
}

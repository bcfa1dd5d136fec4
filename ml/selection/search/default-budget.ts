import type { Plan } from '../plan.ts';
import type { Rows } from '../rows.ts';
import { secondsOfOpeners, secondsToLearnFromAll } from './reduce.ts';

/** What a training may take where nobody says, and its data is large. */
const SECONDS = 200;

/**
 * The budget of a search for which nobody named one, in seconds from when its data is read: none, where the first candidates of the quickest boosted models are
 * through before that would be over. Beyond that a search takes tens of minutes, of which most brings little. Of even more rows it is as
 * long as the chosen model needs to learn from all of them.
 *
 * @param workers how many fits there are at a time
 */
export function defaultBudget(plan: Plan, rows: Rows, workers: number): number | undefined {
  if (plan.search !== 'auto') return undefined;
  if (Math.ceil(plan.folds / workers) * secondsOfOpeners(plan, rows) <= SECONDS) return undefined;
  return Math.max(SECONDS, Math.ceil(secondsToLearnFromAll(plan, rows, workers)));
}

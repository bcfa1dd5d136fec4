import { featuresOf } from '../../data/declaration.ts';
import type { Plan } from '../plan.ts';
import type { Rows } from '../rows.ts';
import { secondsOfOpeners, secondsToLearnFromAll } from './reduce.ts';

/** What a training may take where nobody says, and its data is large. */
const SECONDS = 200;
/** What reading a number takes about, in seconds. */
const READING = 1e-6;

/**
 * The budget of a search for which nobody named one, in seconds: none, where the first candidates of the quickest boosted models are
 * through before that would be over. Beyond that a search takes tens of minutes, of which most brings little. Of even more rows it is as
 * long as the chosen model needs to learn from all of them.
 *
 * @param workers how many fits there are at a time
 */
export function defaultBudget(plan: Plan, rows: Rows, workers: number): number | undefined {
  if (plan.search !== 'auto') return undefined;
  if (Math.ceil(plan.folds / workers) * secondsOfOpeners(plan, rows) <= SECONDS) return undefined;
  const reading = READING * rows.all.rows * (featuresOf(rows.declaration).length + 1);
  return Math.max(SECONDS, Math.ceil(reading + secondsToLearnFromAll(plan, rows, workers)));
}

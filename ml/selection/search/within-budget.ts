import type { GivenParams } from '../../estimators/params.ts';
import type { Plan } from '../plan.ts';
import { type Size, sizeOf } from './auto/cost.ts';
import type { TimeLeft } from './auto/setting.ts';
import type { Budget } from './budget.ts';
import { SearchTime } from './search-time.ts';
import { type Afterwards, secondsAfterwards } from './seconds-afterwards.ts';
import type { Outcome, Proposal } from './strategy.ts';

/** How a budget limits a search. */
export interface Limits {
  readonly time: TimeLeft;
  /** A proposal as there is time for it. */
  readonly afford: (proposal: Proposal) => Proposal | undefined;
  /** Takes what came of a proposal: what is known of the time hangs on it. */
  readonly observe: (outcome: Outcome) => void;
  /** Aborted when the search has no time left. */
  readonly stop: AbortSignal;
}

/** The limits that a budget sets to the search of a plan, which begins now. */
export function withinBudget(
  budget: Budget,
  { search, given, reduced, refits }: Plan,
  about: Omit<Afterwards, 'readSeconds' | 'forAll' | 'refits'>,
): Limits {
  const { context, parallel } = about;
  const readSeconds = budget.secondsSpent;
  // Asked for each proposal several times; of thousands of columns it takes milliseconds.
  const sizes = new Map<number | undefined, Size>();
  const sizeFor = (rows?: number) => {
    const size = sizes.get(rows) ?? sizeOf(context, rows);
    sizes.set(rows, size);
    return size;
  };
  const time = new SearchTime(budget, {
    folds: context.folds.length,
    sizeOf: sizeFor,
    given: given as GivenParams,
    parallel,
    isFree: search === 'auto',
  });
  return {
    time,
    afford: (proposal) => time.afford(proposal),
    observe(outcome) {
      time.observe(outcome);
      budget.reserve(secondsAfterwards({ ...about, readSeconds, forAll: reduced?.forAll, refits }));
    },
    stop: budget.signal(),
  };
}

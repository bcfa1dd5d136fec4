import { afford, type Means, secondsOfFits } from './afford.ts';
import type { TimeLeft } from './auto/setting.ts';
import type { Budget } from './budget.ts';
import { Speeds } from './speeds.ts';
import type { Outcome, Proposal } from './strategy.ts';

/** What a search is about whose time is limited. */
interface Search extends Omit<Means, 'speeds' | 'secondsLeft'> {
  /** Whether candidates may be made quicker; those that somebody has laid out may not. */
  readonly isFree: boolean;
}

/** A proposal that is under way. */
interface Running {
  readonly began: number;
  /** What its fits should take, so many at a time. */
  readonly seconds: number;
}

/** The time of a search within a budget: what there is time for, by what fits have taken so far. */
export class SearchTime implements TimeLeft {
  readonly #budget: Budget;
  readonly #search: Search;
  readonly #speeds = new Speeds();
  readonly #running = new Map<Proposal, Running>();

  constructor(budget: Budget, search: Search) {
    this.#budget = budget;
    this.#search = search;
  }

  /** Until the search ends, less what is under way takes. */
  secondsLeft(): number {
    const now = this.#budget.secondsSpent;
    const under = [...this.#running.values()].map(({ began, seconds }) => Math.max(0, seconds - (now - began)));
    return this.#budget.secondsLeft - under.reduce((sum, each) => sum + each, 0);
  }

  secondsOf(proposal: Proposal): number {
    const together = Math.min(proposal.folds.length, this.#search.parallel);
    return secondsOfFits(proposal, this.#means()) / together;
  }

  /** A proposal as there is time for it, which counts as under way from then on; undefined where there is none. */
  afford(proposal: Proposal): Proposal | undefined {
    if (this.secondsLeft() <= 0) return undefined;
    const taken = afford(this.#search.isFree ? proposal : { ...proposal, isFixed: true }, this.#means());
    if (taken) this.#running.set(taken, { began: this.#budget.secondsSpent, seconds: this.secondsOf(taken) });
    return taken;
  }

  /** Takes what came of a proposal. */
  observe(outcome: Outcome): void {
    this.#running.delete(outcome.proposal);
    this.#speeds.observe(outcome, this.#search.sizeOf(outcome.proposal.how.rows));
  }

  #means(): Means {
    return { ...this.#search, speeds: this.#speeds, secondsLeft: this.secondsLeft() };
  }
}

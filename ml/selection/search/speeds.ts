import { growthOf } from '../../estimators/index.ts';
import type { Candidate } from '../candidate.ts';
import { roundsOf } from '../shared-fit.ts';
import { costOf, expectedRounds, type Size } from './auto/cost.ts';
import type { Outcome } from './strategy.ts';

/** What fits of a model took, and came to, beside what was to be expected. */
interface Observed {
  readonly seconds: number;
  readonly cost: number;
  readonly rounds: number;
  readonly expectedRounds: number;
}

const nothing: Observed = { seconds: 0, cost: 0, rounds: 0, expectedRounds: 0 };

/** Before any fit has shown how quick a machine is, it counts as so much slower than one that costs are stated for. */
const CAREFUL = 2;
/** Before any fit has shown how long models grow on these rows: how many times the rounds of others theirs are. */
const GROWTHS: Readonly<Record<string, number>> = { catboost: 2.5, gradient_boosting: 1.5 };
/** What other models took says no more than that of one that was not tried yet. */
const [LEAST_SLOW, MOST_SLOW] = [0.5, 3];

/** How quick a machine is with each model, and how long models grow on the rows of a training: by what fits have shown so far. */
export class Speeds {
  /** By fits on all rows, and on few. */
  readonly #onAll = new Map<string, Observed>();
  readonly #onFew = new Map<string, Observed>();

  /** Whether fits of the model have shown how quick it is: on all rows, or on few. */
  stateOf(model: string): 'known' | 'looked at' | 'unknown' {
    if (this.#onAll.has(model)) return 'known';
    return this.#onFew.has(model) ? 'looked at' : 'unknown';
  }

  /** Whether a model that stops by itself has been fitted on all rows. */
  get knowsGrowth(): boolean {
    return [...this.#onAll.values()].some(({ rounds }) => rounds > 0);
  }

  /** The seconds of one fit of so many rounds, and of its predictions. @param rounds undefined of what does not grow in rounds */
  secondsOf(candidate: Candidate, size: Size, rounds: number | undefined): number {
    return this.#slowness(candidate.model) * costOf(candidate, size, rounds);
  }

  /** How many rounds a fit is to be expected to keep that stops by itself. */
  roundsOf(candidate: Candidate, size: Size): number {
    const { rounds, expectedRounds: expected } = this.#onAll.get(candidate.model) ?? nothing;
    const growth = expected > 0 ? rounds / expected : (GROWTHS[candidate.model] ?? 1);
    return Math.ceil(expectedRounds(candidate, size) * growth);
  }

  /** Takes what the fits of a proposal took. @param size what they learned from */
  observe({ proposal: { fit, how }, results: [results] }: Outcome, size: Size): void {
    if (!results || 'reason' in results) return;
    const { fitted } = fit;
    const ofRows = how.rows === undefined ? this.#onAll : this.#onFew;
    const most = roundsOf(fitted) ?? 1;
    const { patience = 0 } = how;
    const stops = growthOf(fitted.model)?.patience !== undefined && patience > 0;
    const expected = this.roundsOf(fitted, size);
    let sum = ofRows.get(fitted.model) ?? nothing;
    for (const { rounds, fitSeconds, predictSeconds } of results) {
      const grown = rounds === null ? undefined : Math.min(most, rounds + patience);
      // Of one that might have grown longer no more is known than that.
      const kept = grown === most ? Math.max(rounds ?? 1, expected) : (rounds ?? 1);
      sum = {
        seconds: sum.seconds + fitSeconds + predictSeconds,
        cost: sum.cost + costOf(fitted, size, grown),
        rounds: sum.rounds + (stops ? Math.max(1, kept) : 0),
        expectedRounds: sum.expectedRounds + (stops ? expectedRounds(fitted, size) : 0),
      };
    }
    if (sum.cost > 0) ofRows.set(fitted.model, sum);
  }

  /** How many times the seconds that a model should cost it takes here; one that was not tried yet is like others that grow. */
  #slowness(model: string): number {
    const own = this.#onAll.get(model) ?? this.#onFew.get(model);
    if (own) return own.seconds / own.cost;
    // What takes no time says nothing of what does.
    const others = [...this.#onAll]
      .filter(([model]) => growthOf(model))
      .map(([, { seconds, cost }]) => seconds / cost)
      .sort((a, b) => a - b);
    const median = others[others.length >> 1] ?? CAREFUL;
    return Math.min(MOST_SLOW, Math.max(LEAST_SLOW, median));
  }
}

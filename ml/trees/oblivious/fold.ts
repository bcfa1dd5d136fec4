import { type Split, setLeaves } from './candidate.ts';
import type { LevelCandidate, NumberCandidate } from './columns.ts';
import { Grouping, type Groups } from './groups.ts';
import { complexity, type Projection } from './projection.ts';
import { Recent } from './recent.ts';
import { orderedStatistics, type StatisticCandidate } from './target-statistics.ts';

/** Whatever a tree may be split by. */
export type AnyCandidate = NumberCandidate | LevelCandidate | StatisticCandidate;

/** How many combinations are remembered: trees come back to some of them. */
const REMEMBERED = 50;

/** The training rows by the groups of projections, which are the same in every order of the rows. */
export class Grouped {
  readonly isHigh: Uint8Array;
  readonly #grouping: Grouping;
  readonly #recent = new Recent<Groups>(REMEMBERED);

  constructor(isHigh: Uint8Array) {
    this.isHigh = isHigh;
    this.#grouping = new Grouping(isHigh.length);
  }

  by(projection: Projection): Groups {
    return this.#recent.get(projection.key, () => this.#grouping.group(projection));
  }
}

/** The training rows in one random order, in which they are described by ordered statistics. */
export class Fold {
  readonly order: Uint32Array;
  readonly #grouped: Grouped;
  readonly #simple = new Map<string, readonly StatisticCandidate[]>();
  readonly #combined = new Recent<readonly StatisticCandidate[]>(REMEMBERED);

  constructor(order: Uint32Array, grouped: Grouped) {
    this.order = order;
    this.#grouped = grouped;
  }

  /** The ordered statistics of a projection. */
  statistics(projection: Projection): readonly StatisticCandidate[] {
    const make = () => orderedStatistics(this.#grouped.by(projection), this.#grouped.isHigh, this.order);
    if (complexity(projection) > 1) return this.#combined.get(projection.key, make);
    const kept = this.#simple.get(projection.key) ?? make();
    this.#simple.set(projection.key, kept);
    return kept;
  }

  /** Sets the leaf of each row of a tree that may have been grown in another order. */
  leaves(splits: readonly Split<AnyCandidate>[], leafOf: Uint16Array): void {
    const partings = splits.map(({ candidate, right }) => {
      const own =
        candidate.kind === 'statistic' ? this.statistics(candidate.projection)[candidate.statistic]! : candidate;
      return { bins: own.bins, right };
    });
    setLeaves(leafOf, partings);
  }
}

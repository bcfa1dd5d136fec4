import type { Arena } from '../arena.ts';
import type { Split } from './candidate.ts';
import type { LevelCandidate, NumberCandidate } from './columns.ts';
import { Grouping, type Groups } from './groups.ts';
import { LruCache } from './lru-cache.ts';
import { complexity, type Projection } from './projection.ts';
import { type StatisticCandidate, targetStatistics } from './target-statistics.ts';

/** Whatever a tree may be split by. */
export type AnyCandidate = NumberCandidate | LevelCandidate | StatisticCandidate;

/** How many rows of combinations are remembered, since trees come back to some of them; but no more than so many combinations. */
const ROWS_REMEMBERED = 1_000_000;
const MOST_REMEMBERED = 1000;
const LEAST_REMEMBERED = 50;

/** The training rows by the groups of projections, which are the same in every order of the rows. */
export class Grouped {
  readonly isHigh: Uint8Array;
  /** How many combinations are remembered. */
  readonly remembered: number;
  readonly #arena: Arena;
  readonly #grouping: Grouping;
  readonly #cache = new LruCache<Groups>();
  /** Words of statistics that were forgotten. */
  readonly #free: Uint32Array[] = [];

  constructor(isHigh: Uint8Array, arena: Arena) {
    this.isHigh = isHigh;
    this.remembered = Math.min(
      MOST_REMEMBERED,
      Math.max(LEAST_REMEMBERED, Math.floor(ROWS_REMEMBERED / isHigh.length)),
    );
    this.#arena = arena;
    this.#grouping = new Grouping(isHigh.length);
  }

  by(projection: Projection): Groups {
    const groups = this.#cache.get(projection.key, () => this.#grouping.group(projection));
    this.#cache.trim(this.remembered);
    return groups;
  }

  /** Words for the statistics of a projection, a row each. */
  words(): Uint32Array {
    return this.#free.pop() ?? this.#arena.uint32(this.isHigh.length);
  }

  free(words: Uint32Array): void {
    this.#free.push(words);
  }
}

/** The training rows in one random order, in which they are described by target statistics. */
export class Fold {
  readonly order: Uint32Array;
  readonly #grouped: Grouped;
  readonly #simple = new Map<string, readonly StatisticCandidate[]>();
  readonly #combined = new LruCache<readonly StatisticCandidate[]>();

  constructor(order: Uint32Array, grouped: Grouped) {
    this.order = order;
    this.#grouped = grouped;
  }

  /** Begins a tree: forgets the statistics that were not asked for for long. Until the next one, all stay as they are. */
  begin(): void {
    for (const [first] of this.#combined.trim(this.#grouped.remembered)) this.#grouped.free(first!.words);
  }

  /** The target statistics of a projection. */
  statistics(projection: Projection): readonly StatisticCandidate[] {
    const { key } = projection;
    if (complexity(projection) > 1) return this.#combined.get(key, () => this.#make(projection));
    const kept = this.#simple.get(key) ?? this.#make(projection);
    this.#simple.set(key, kept);
    return kept;
  }

  #make(projection: Projection): readonly StatisticCandidate[] {
    const grouped = this.#grouped;
    return targetStatistics(grouped.by(projection), grouped.isHigh, this.order, grouped.words());
  }

  /** The splits of a tree that may have been grown in another order, by this one's statistics. */
  own(splits: readonly Split<AnyCandidate>[]): Split[] {
    return splits.map((split) => {
      const { candidate } = split;
      if (candidate.kind !== 'statistic') return split;
      return { ...split, candidate: this.statistics(candidate.projection)[candidate.statistic]! };
    });
  }
}

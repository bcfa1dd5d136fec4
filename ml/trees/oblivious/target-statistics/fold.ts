import { LruCache } from '../../../core/lru-cache.ts';
import type { Relations } from '../../../core/relations.ts';
import type { Arena } from '../../arena.ts';
import type { Engine } from '../kernel/engine.ts';
import type { ObliviousKernel } from '../kernel/kernel.ts';
import type { AnyCandidate, Projection, Split, StatisticCandidate } from '../scoring/candidate.ts';
import { complexity, Grouping, type Groups } from './groups.ts';
import { RelatedRows } from './related-rows.ts';
import { BINS, STATISTICS } from './statistics.ts';

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
  readonly #kernel: ObliviousKernel;
  readonly #grouping: Grouping;
  readonly #related: RelatedRows | undefined;
  readonly #cache = new LruCache<Groups>();
  /** Words of statistics that were forgotten. */
  readonly #free: Uint32Array[] = [];

  constructor(isHigh: Uint8Array, { arena, kernel }: Engine, relations: Relations = {}) {
    this.isHigh = arena.uint8(isHigh.length);
    this.isHigh.set(isHigh);
    this.#kernel = kernel;
    this.remembered = Math.min(
      MOST_REMEMBERED,
      Math.max(LEAST_REMEMBERED, Math.floor(ROWS_REMEMBERED / isHigh.length)),
    );
    this.#arena = arena;
    this.#grouping = new Grouping(isHigh.length, { arena, kernel });
    if (relations.groups || relations.times) this.#related = new RelatedRows(relations, isHigh.length);
  }

  by(projection: Projection): Groups {
    const groups = this.#cache.get(projection.key, () => this.#grouping.group(projection));
    for (const forgotten of this.#cache.trim(this.remembered)) this.#grouping.free(forgotten);
    return groups;
  }

  /** The target statistics of a projection, of the rows in an order that is the kernel's. */
  describe(projection: Projection, order: Uint32Array): readonly StatisticCandidate[] {
    const words = this.#free.pop() ?? this.#arena.uint32(this.isHigh.length);
    const groups = this.by(projection);
    if (!this.#related) return targetStatistics(groups, this.isHigh, order, words, this.#kernel);
    this.#related.describe(groups, this.isHigh, order, words);
    return candidatesOf(groups, words);
  }

  /** A copy of an order that is the kernel's. */
  keep(order: Uint32Array): Uint32Array {
    const kept = this.#arena.uint32(order.length);
    kept.set(order);
    return kept;
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
    this.order = grouped.keep(order);
    this.#grouped = grouped;
  }

  /** Begins a tree: forgets the statistics that were not asked for for long. Until the next one, all stay as they are. */
  begin(): void {
    for (const [first] of this.#combined.trim(this.#grouped.remembered)) this.#grouped.free(first!.words);
  }

  /** The target statistics of a projection. */
  statistics(projection: Projection): readonly StatisticCandidate[] {
    const { key } = projection;
    if (complexity(projection) > 1)
      return this.#combined.get(key, () => this.#grouped.describe(projection, this.order));
    const kept = this.#simple.get(key) ?? this.#grouped.describe(projection, this.order);
    this.#simple.set(key, kept);
    return kept;
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

/**
 * Ordered target statistics: in a random order of the rows, each row's group is described by the targets of rows before
 * it alone, so that no row's own target can leak into what it is split by. And how many rows the group has beside the largest, seen
 * by all rows at once: it tells nothing of the target.
 *
 * Source: Prokhorenkova et al. 2018, section 3.2; CatBoost 1.2, `simple_ctr` Borders and Counter.
 *
 * @param isHigh for each row whether its target is high, 0 or 1; arrays are the kernel's
 * @param order the rows in their random order
 * @param words set: the bins of the statistics, a byte each
 */
export function targetStatistics(
  groups: Groups,
  isHigh: Uint8Array,
  order: Uint32Array,
  words: Uint32Array,
  kernel: ObliviousKernel,
): StatisticCandidate[] {
  const { groupOf, frequencies, counts } = groups;
  counts.fill(0);
  kernel.describeRows(
    order.byteOffset,
    order.length,
    groupOf.byteOffset,
    isHigh.byteOffset,
    frequencies.byteOffset,
    counts.byteOffset,
    BINS,
    words.byteOffset,
  );
  return candidatesOf(groups, words);
}

/** The statistics of a projection's groups, whose bins `words` holds. */
function candidatesOf({ projection, sizes }: Groups, words: Uint32Array): StatisticCandidate[] {
  const groups = sizes.length;
  const isForgotten = complexity(projection) === 1;
  const shared = { kind: 'statistic', projection, groups, words, binCount: BINS + 1, oneHot: false } as const;
  return Array.from({ length: STATISTICS }, (_, statistic) => ({
    ...shared,
    statistic,
    shift: 8 * statistic,
    isForgotten,
  }));
}

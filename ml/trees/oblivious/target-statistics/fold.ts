import { LruCache } from '../../../core/lru-cache.ts';
import type { Relations } from '../../../core/relations.ts';
import type { Arena } from '../../arena.ts';
import type { Engine } from '../kernel/engine.ts';
import type { ObliviousKernel } from '../kernel/kernel.ts';
import type { AnyCandidate, Projection, Split, StatisticCandidate } from '../scoring/candidate.ts';
import { complexity, Grouping, type Groups } from './groups.ts';
import { RelatedRows } from './related-rows.ts';
import { BINS, FREQUENCY, STATISTICS } from './statistics.ts';

/** How many rows of combinations are remembered, since trees come back to some of them; but no more than so many combinations, nor fewer … */
const ROWS_REMEMBERED = 1_000_000;
const MOST_REMEMBERED = 1000;
const LEAST_REMEMBERED = 50;
/** … unless those would be more rows than these, of which each order has four bytes; but then so many at least. */
const MOST_ROWS_REMEMBERED = 2 ** 25;
const FEWEST_REMEMBERED = 4;

/** The training rows by the groups of projections, which are the same in every order of the rows. */
export class Grouped {
  /** For each border of the targets, and each row, whether its target is above it: 0 or 1. */
  readonly isHigh: readonly Uint8Array[];
  /** How many combinations are remembered. */
  readonly remembered: number;
  readonly #rows: number;
  readonly #arena: Arena;
  readonly #kernel: ObliviousKernel;
  readonly #grouping: Grouping;
  readonly #related: RelatedRows | undefined;
  readonly #cache = new LruCache<Groups>();
  /** Words of statistics that were forgotten. */
  readonly #free: Uint32Array[] = [];

  constructor(isHigh: readonly Uint8Array[], rows: number, { arena, kernel }: Engine, relations: Relations = {}) {
    this.isHigh = isHigh.map((given) => {
      const own = arena.uint8(rows);
      own.set(given);
      return own;
    });
    this.#rows = rows;
    this.#kernel = kernel;
    const combinations = (most: number) => Math.floor(most / (rows * Math.max(1, isHigh.length)));
    this.remembered = Math.min(
      MOST_REMEMBERED,
      Math.max(
        Math.min(LEAST_REMEMBERED, Math.max(FEWEST_REMEMBERED, combinations(MOST_ROWS_REMEMBERED))),
        combinations(ROWS_REMEMBERED),
      ),
    );
    this.#arena = arena;
    this.#grouping = new Grouping(rows, { arena, kernel });
    if (relations.groups || relations.times) this.#related = new RelatedRows(relations, rows);
  }

  by(projection: Projection): Groups {
    const groups = this.#cache.get(projection.key, () => this.#grouping.group(projection));
    for (const forgotten of this.#cache.trim(this.remembered)) this.#grouping.free(forgotten);
    return groups;
  }

  /** The target statistics of a projection, border by border, of the rows in an order that is the kernel's. */
  describe(projection: Projection, order: Uint32Array): readonly StatisticCandidate[] {
    const groups = this.by(projection);
    return this.isHigh.flatMap((isHigh, border) => {
      const words = this.#free.pop() ?? this.#arena.uint32(this.#rows);
      if (this.#related) this.#related.describe(groups, isHigh, order, words);
      else describeRows(groups, isHigh, order, words, this.#kernel);
      const candidates = candidatesOf(groups, border, words);
      // How many rows a group has does not depend on the border.
      return border === this.isHigh.length - 1 ? candidates : candidates.slice(0, FREQUENCY);
    });
  }

  /** A copy of an order that is the kernel's. */
  keep(order: Uint32Array): Uint32Array {
    const kept = this.#arena.uint32(order.length);
    kept.set(order);
    return kept;
  }

  free(candidates: readonly StatisticCandidate[]): void {
    this.#free.push(...new Set(candidates.map(({ words }) => words)));
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
    for (const forgotten of this.#combined.trim(this.#grouped.remembered)) this.#grouped.free(forgotten);
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
      const { projection, border, statistic } = candidate;
      return { ...split, candidate: this.statistics(projection)[border * FREQUENCY + statistic]! };
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
function describeRows(
  groups: Groups,
  isHigh: Uint8Array,
  order: Uint32Array,
  words: Uint32Array,
  kernel: ObliviousKernel,
): void {
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
}

/** The statistics of a projection’s groups about a border of the targets, whose bins `words` holds. */
function candidatesOf({ projection, sizes }: Groups, border: number, words: Uint32Array): StatisticCandidate[] {
  const groups = sizes.length;
  const isForgotten = complexity(projection) === 1;
  const shared = { kind: 'statistic', projection, border, groups, words, binCount: BINS + 1, oneHot: false } as const;
  return Array.from({ length: STATISTICS }, (_, statistic) => ({
    ...shared,
    statistic,
    shift: 8 * statistic,
    isForgotten,
  }));
}

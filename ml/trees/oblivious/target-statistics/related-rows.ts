import { numberGroups, type Relations } from '../../../core/relations.ts';
import type { Groups } from './groups.ts';
import { PRIORS, statisticValue } from './statistics.ts';

/**
 * Describes rows that belong together, or have a time, by target statistics: of the rows before a row in their order, those of its own
 * group do not count, nor those of its own time. Else a row would be split by what rows like itself came to.
 */
export class RelatedRows {
  readonly #times: Float64Array | undefined;
  readonly #related: ReturnType<typeof numberGroups> | undefined;
  /** By the groups of a projection: the number of each row's pair of that group and its own. */
  readonly #pairs = new WeakMap<Groups, ReturnType<typeof numberGroups>>();

  constructor({ groups, times }: Relations) {
    this.#times = times;
    this.#related = groups && numberGroups(groups);
  }

  /**
   * As the kernel's `describeRows`.
   *
   * @param order the rows, by time where they have one
   * @param words set: the bins of the statistics, a byte each
   */
  describe(groups: Groups, isHigh: Uint8Array, order: Uint32Array, words: Uint32Array): void {
    const { groupOf, frequencies, sizes } = groups;
    const pairs = this.#pairsOf(groups);
    const all = new Counts(groupOf, sizes.length);
    const own = pairs && new Counts(pairs.groupOf, pairs.count);
    for (let start = 0; start < order.length; ) {
      const end = this.#endOfTime(order, start);
      for (let at = start; at < end; at++) {
        const row = order[at]!;
        const high = all.high(row) - (own ? own.high(row) : 0);
        const total = all.total(row) - (own ? own.total(row) : 0);
        words[row] = PRIORS.reduce(
          (word, prior, byte) => word | (Math.trunc(statisticValue(high, total, prior)) << (8 * byte)),
          frequencies[groupOf[row]!]!,
        );
      }
      for (let at = start; at < end; at++) {
        const row = order[at]!;
        all.add(row, isHigh[row]!);
        own?.add(row, isHigh[row]!);
      }
      start = end;
    }
  }

  /** Where the rows from one on that are of its time end: without times, at the next. */
  #endOfTime(order: Uint32Array, start: number): number {
    let end = start + 1;
    if (this.#times) while (end < order.length && this.#times[order[end]!] === this.#times[order[start]!]) end++;
    return end;
  }

  #pairsOf(groups: Groups): ReturnType<typeof numberGroups> | undefined {
    const related = this.#related;
    if (!related) return undefined;
    const known =
      this.#pairs.get(groups) ??
      numberGroups(Float64Array.from(groups.groupOf, (group, row) => group * related.count + related.groupOf[row]!));
    this.#pairs.set(groups, known);
    return known;
  }
}

/** How many rows there were so far in the group of each row, and how many of them with a high target. */
class Counts {
  readonly #groupOf: Uint32Array;
  readonly #high: Uint32Array;
  readonly #total: Uint32Array;

  constructor(groupOf: Uint32Array, groups: number) {
    this.#groupOf = groupOf;
    this.#high = new Uint32Array(groups);
    this.#total = new Uint32Array(groups);
  }

  high(row: number): number {
    return this.#high[this.#groupOf[row]!]!;
  }

  total(row: number): number {
    return this.#total[this.#groupOf[row]!]!;
  }

  add(row: number, isHigh: number): void {
    this.#high[this.#groupOf[row]!]! += isHigh;
    this.#total[this.#groupOf[row]!]! += 1;
  }
}

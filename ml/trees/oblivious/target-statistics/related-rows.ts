import { numberGroups, type Relations } from '../../../core/relations.ts';
import type { Groups } from './groups.ts';
import { PrefixCounts, type RowRange } from './prefix-counts.ts';
import { PRIORS, statisticValue } from './statistics.ts';

/**
 * Describes rows that belong together, or have a time, by target statistics: of the rows before a row in their order, those of its own
 * group do not count, nor those of its own time. Else a row would be split by what rows like itself came to.
 */
export class RelatedRows {
  readonly #all: PrefixCounts;
  readonly #own: PrefixCounts;
  readonly #related: RelatedGroups | undefined;

  constructor({ groups, times }: Relations, rows: number) {
    this.#all = new PrefixCounts(rows, times);
    this.#own = new PrefixCounts(rows, times);
    this.#related = groups && new RelatedGroups(groups);
  }

  /**
   * As the kernel's `describeRows`.
   *
   * @param order the rows, by time where they have one
   * @param words set: the bins of the statistics, a byte each
   */
  describe({ groupOf, frequencies }: Groups, isHigh: Uint8Array, order: Uint32Array, words: Uint32Array): void {
    const [all, own] = [this.#all, this.#own];
    all.count({ rows: order, start: 0, end: order.length }, groupOf, isHigh);
    this.#related?.eachRange(order, (rows) => own.count(rows, groupOf, isHigh));
    for (let row = 0; row < order.length; row++) {
      const high = all.high[row]! - own.high[row]!;
      const total = all.total[row]! - own.total[row]!;
      let word = frequencies[groupOf[row]!]!;
      for (let byte = 0; byte < PRIORS.length; byte++)
        word |= Math.trunc(statisticValue(high, total, PRIORS[byte]!)) << (8 * byte);
      words[row] = word;
    }
  }
}

/** The rows of each group. */
class RelatedGroups {
  readonly #groupOf: Uint32Array;
  /** Where each group starts among rows that are sorted by group; one more for where the last one ends. */
  readonly #starts: Uint32Array;
  /** The rows sorted by group, each group's in an order of all rows; by that order. A list of the groups would take ten times as much. */
  readonly #known = new WeakMap<Uint32Array, Uint32Array>();

  constructor(codes: Float64Array) {
    const { groupOf, count } = numberGroups(codes);
    this.#groupOf = groupOf;
    this.#starts = new Uint32Array(count + 1);
    for (const group of groupOf) this.#starts[group + 1]! += 1;
    for (let group = 0; group < count; group++) this.#starts[group + 1]! += this.#starts[group]!;
  }

  /** Visits the rows of each group of two and more, in the order of all rows. */
  eachRange(order: Uint32Array, visit: (rows: RowRange) => void): void {
    const rows = this.#known.get(order) ?? this.#sort(order);
    this.#known.set(order, rows);
    const starts = this.#starts;
    for (let group = 0; group < starts.length - 1; group++) {
      const [start, end] = [starts[group]!, starts[group + 1]!];
      if (end - start > 1) visit({ rows, start, end });
    }
  }

  #sort(order: Uint32Array): Uint32Array {
    const next = this.#starts.slice();
    const rows = new Uint32Array(order.length);
    for (const row of order) {
      const group = this.#groupOf[row]!;
      rows[next[group]!] = row;
      next[group]! += 1;
    }
    return rows;
  }
}

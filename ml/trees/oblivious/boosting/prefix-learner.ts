import type { Engine } from '../kernel/engine.ts';
import { type Split, setLeaves } from '../scoring/candidate.ts';
import type { PrefixStatistics } from '../scoring/prefix-statistics.ts';
import type { AnyCandidate, Fold } from '../target-statistics/fold.ts';
import type { Fitting, Learner } from './learner.ts';
import { addTree, type Prefix } from './prefix.ts';

/**
 * Ordered boosting: several models, each fitted to the rows before some place in a random order, so that a row's gradient
 * comes from a model that was fitted to earlier rows. Or Plain boosting, with one model of all rows.
 *
 * Source: Prokhorenkova et al. 2018, section 4.
 */
export class PrefixLearner implements Learner {
  readonly fold: Fold;
  readonly #fitting: Fitting;
  readonly #prefixes: readonly Prefix[];
  readonly #gradients: Float64Array;
  readonly #statistics: PrefixStatistics;
  readonly #leafOf: Uint16Array;
  #taken = new Uint8Array();

  /** @param statistics shared by learners that take turns */
  constructor(
    fold: Fold,
    fitting: Fitting,
    prefixes: readonly Prefix[],
    statistics: PrefixStatistics,
    { arena }: Engine,
  ) {
    this.fold = fold;
    this.#fitting = fitting;
    this.#prefixes = prefixes;
    this.#gradients = arena.float64(fitting.target.length);
    this.#leafOf = new Uint16Array(fitting.target.length);
    this.#statistics = statistics;
  }

  /** A row's gradient is that of the prefix in whose tail it is; of the first prefix, in its body too. */
  gradients(): Float64Array {
    const { order } = this.fold;
    this.#refresh();
    this.#prefixes.forEach(({ body, end, residuals }, i) => {
      for (let at = i === 0 ? 0 : body; at < end; at++) this.#gradients[order[at]!] = residuals[order[at]!]!;
    });
    return this.#gradients;
  }

  deviation(): number {
    const { order } = this.fold;
    const [first] = this.#prefixes;
    const scored = first!.body < order.length ? first!.body : 0;
    let squares = 0;
    for (let at = scored; at < order.length; at++) squares += this.#gradients[order[at]!]! ** 2;
    return Math.sqrt(squares / (order.length - scored));
  }

  sampled(sampling: Float64Array): PrefixStatistics {
    this.#statistics.begin(this.fold.order, this.#prefixes, sampling);
    return this.#statistics;
  }

  place(splits: readonly Split<AnyCandidate>[]): void {
    setLeaves(this.#leafOf, this.fold.own(splits));
    this.#taken = new Uint8Array(2 ** splits.length);
    for (let i = 0; i < this.#leafOf.length; i++) this.#taken[this.#leafOf[i]!] = 1;
  }

  isTaken(leaf: number): boolean {
    return this.#taken[leaf] === 1;
  }

  /** Every prefix values the leaves by itself; the values returned are those of the longest. */
  learn(): Float64Array {
    const leaves = this.#taken.length;
    let values = new Float64Array(leaves);
    for (const prefix of this.#prefixes) values = addTree(prefix, this.fold.order, this.#leafOf, leaves, this.#fitting);
    return values;
  }

  #refresh(): void {
    const { order } = this.fold;
    const { target } = this.#fitting;
    for (const { end, approx, residuals } of this.#prefixes)
      for (let at = 0; at < end; at++) residuals[order[at]!] = target[order[at]!]! - approx[order[at]!]!;
  }
}

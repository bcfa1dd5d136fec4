import type { Engine } from '../kernel/engine.ts';
import { type AnyCandidate, type Split, setLeaves } from '../scoring/candidate.ts';
import type { Prefix, PrefixStatistics } from '../scoring/prefix-statistics.ts';
import type { Fold } from '../target-statistics/fold.ts';
import { type Fitting, meanWeight } from './fitting.ts';
import type { Learner } from './learner.ts';

/**
 * Prefixes, each twice as long as the one before, so that all of them together cost no more than a few models.
 *
 * Source: Prokhorenkova et al. 2018, section 4.2 and appendix B; CatBoost 1.2, `fold_len_multiplier` 2.
 */
export function prefixesOf(fitting: Pick<Fitting, 'target' | 'weights' | 'start'>, order: Uint32Array): Prefix[] {
  const { target, weights, start } = fitting;
  const rows = target.length;
  const prefixes: Prefix[] = [];
  let body = rows > 500 ? Math.min(100, Math.floor(rows / 50)) : 1;
  do {
    const end = Math.min(2 * body, rows);
    const bodyWeights = weights && Float64Array.from(order.subarray(0, body), (row) => weights[row]!);
    prefixes.push({ body, end, meanWeight: meanWeight(bodyWeights), ...modelOf(rows, start) });
    body = end;
  } while (body < rows);
  return prefixes;
}

/** All rows as one prefix, without a tail. */
export function wholeOf({ target, weights, start }: Pick<Fitting, 'target' | 'weights' | 'start'>): Prefix {
  const rows = target.length;
  return { body: rows, end: rows, meanWeight: meanWeight(weights), ...modelOf(rows, start) };
}

const modelOf = (rows: number, start: number) => ({
  approx: new Float64Array(rows).fill(start),
  residuals: new Float64Array(rows),
});

/** Adds a tree to a prefix, and returns its leaves' values: they are estimated from the rows of the body alone. */
export function addTree(
  prefix: Prefix,
  order: Uint32Array,
  leafOf: Uint16Array,
  leaves: number,
  fitting: Fitting,
): Float64Array<ArrayBuffer> {
  const { end, approx } = prefix;
  const values = estimate(prefix, order, leafOf, leaves, fitting).map((value) => fitting.learningRate * value);
  for (let at = 0; at < end; at++) approx[order[at]!]! += values[leafOf[order[at]!]!]!;
  return values;
}

/**
 * The values of leaves: what is left of the targets in their rows ÷ (their weight + l2). With more iterations, what is left then is
 * estimated again, and added if it makes the error less; or half of it, in the next iteration.
 *
 * Source: CatBoost 1.2, `leaf_estimation_method` Newton, `leaf_estimation_backtracking` AnyImprovement, for RMSE.
 */
function estimate(
  { body, end, approx, meanWeight: unit }: Prefix,
  order: Uint32Array,
  leafOf: Uint16Array,
  leaves: number,
  { target, weights, l2, leafIterations }: Fitting,
): Float64Array<ArrayBuffer> {
  const weightOf = (row: number) => (weights ? weights[row]! : 1);
  const counts = new Float64Array(leaves);
  for (let at = 0; at < body; at++) counts[leafOf[order[at]!]!]! += weightOf(order[at]!);
  const stepFrom = (point: Float64Array) => {
    const sums = new Float64Array(leaves);
    for (let at = 0; at < body; at++) {
      const row = order[at]!;
      sums[leafOf[row]!]! += weightOf(row) * (target[row]! - point[row]!);
    }
    return sums.map((sum, leaf) => (counts[leaf]! > 0 ? sum / (counts[leaf]! + l2 * unit) : 0));
  };
  if (leafIterations === 1) return stepFrom(approx);
  const errorAt = (point: Float64Array) => {
    let squares = 0;
    for (let at = 0; at < body; at++) squares += weightOf(order[at]!) * (point[order[at]!]! - target[order[at]!]!) ** 2;
    return Math.sqrt(squares / (unit * body));
  };
  let values = new Float64Array(leaves);
  let point = approx;
  let error = errorAt(point);
  for (let iteration = 0; iteration < leafIterations; iteration++) {
    const step = stepFrom(point);
    for (let scale = 1; iteration < leafIterations; scale /= 2, iteration++) {
      const moved = values.map((value, leaf) => value + scale * step[leaf]!);
      // Rounded as in the reference, which adds steps to the predictions of all rows, or to each other where there is a tail.
      const next =
        body === end
          ? plus(
              point,
              step.map((value) => scale * value),
              leafOf,
            )
          : plus(approx, moved, leafOf);
      const nextError = errorAt(next);
      if (nextError >= error) continue;
      [values, point, error] = [moved, next, nextError];
      break;
    }
  }
  return values;
}

const plus = (approx: Float64Array, values: Float64Array, leafOf: Uint16Array) =>
  approx.map((value, row) => value + values[leafOf[row]!]!);

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

  leafWeights(): Float64Array {
    const { weights } = this.#fitting;
    const sums = new Float64Array(this.#taken.length);
    for (let i = 0; i < this.#leafOf.length; i++) sums[this.#leafOf[i]!]! += weights ? weights[i]! : 1;
    return sums;
  }

  #refresh(): void {
    const { order } = this.fold;
    const { target, weights } = this.#fitting;
    for (const { end, approx, residuals } of this.#prefixes) {
      for (let at = 0; at < end; at++) {
        const row = order[at]!;
        const residual = target[row]! - approx[row]!;
        residuals[row] = weights ? weights[row]! * residual : residual;
      }
    }
  }
}

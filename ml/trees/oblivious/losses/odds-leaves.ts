import type { Arena } from '../../arena.ts';
import type { Fitting } from '../boosting/fitting.ts';
import type { RowLeaves } from '../boosting/row-leaves.ts';
import type { Engine } from '../kernel/engine.ts';
import { Kind } from '../kernel/kernel.ts';
import type { TaskQueue } from '../kernel/task-queue.ts';

/** A thread takes leaves of about so many rows at once. */
const ROWS_FOR_TASK = 8192;

/** A leaf whose steps are shorter has its value: those that would follow are shorter still. */
const SETTLED = 1e-9;

/** Up to this e^s − s − 1 ≤ s²: steps that are no longer lessen the loss whatever it is. */
const SURE = 1.75;

/**
 * The values of the leaves of the log loss, by Newton's steps as in `estimateLeaves`. Rows are sorted by leaf and class first, and leaves
 * that have their value are left alone. Whether a step lessens the loss mostly follows from the derivatives, so that no row takes
 * a logarithm: the third derivative is at most the second, and so
 *
 *   f(v + s) − f(v) ≤ f′(v) s + f″(v) (e^|s| − |s| − 1).
 *
 * Source: Bach 2010, "Self-concordant analysis for logistic regression", lemma 1.
 *
 * Arrays are the kernel's.
 */
export class OddsLeaves {
  /** The class of each row, 0 or 1. */
  readonly classOf: Uint8Array;
  /** The weight of each row, less than 0 where its class is 0. */
  readonly signed: Float64Array;
  /** What the values of the last tree multiply the odds against class 0, and those against 1, by: a pair a leaf. */
  readonly factors: Float64Array;
  readonly #options: Pick<Fitting, 'l2' | 'learningRate' | 'leafIterations'>;
  readonly #weights: Float64Array | undefined;
  readonly #queue: TaskQueue;
  readonly #sortedOdds: Float64Array;
  readonly #sortedWeights: Float64Array | undefined;
  /** By leaf and class, where rows start; and one more. */
  readonly #starts: Uint32Array;
  /** Of each block, by leaf and class, how many rows there are, and then where the next one goes. */
  #places: readonly Uint32Array[] = [];
  readonly #arena: Arena;
  readonly #derivatives: Float64Array;
  readonly #steps: Float64Array;

  /** @param fitting whose l2 is in the unit of the weights */
  constructor({ target, weights, ...options }: Fitting, depth: number, { arena, queue }: Engine) {
    const rows = target.length;
    this.#options = options;
    this.#weights = weights;
    this.#queue = queue;
    this.classOf = arena.uint8(rows);
    this.classOf.set(target);
    this.signed = arena.float64(rows);
    this.signed.set(target.map((value, row) => (value === 1 ? 1 : -1) * (weights ? weights[row]! : 1)));
    this.factors = arena.float64(2 ** (depth + 1));
    this.#sortedOdds = arena.float64(rows);
    this.#sortedWeights = weights && arena.float64(rows);
    this.#starts = arena.uint32(2 ** (depth + 1) + 1);
    this.#arena = arena;
    this.#derivatives = arena.float64(2 ** (depth + 1));
    this.#steps = new Float64Array(2 ** depth);
  }

  /** The values of the leaves, times the learning rate, and the factors that belong to them. */
  estimate(placed: RowLeaves, odds: Float64Array): Float64Array {
    this.#sort(placed, odds);
    const values = this.#newton(placed.leaves);
    for (let leaf = 0; leaf < values.length; leaf++) {
      values[leaf]! *= this.#options.learningRate;
      this.#setFactors(leaf, values[leaf]!);
    }
    return values;
  }

  #sort({ leaves, leafOf, blocks }: RowLeaves, odds: Float64Array): void {
    const keys = 2 * leaves;
    if (this.#places.length === 0) this.#places = blocks.map(() => this.#arena.uint32(this.factors.length));
    const [leafsAt, classes] = [leafOf.byteOffset, this.classOf.byteOffset];
    blocks.forEach(({ first, end }, block) => {
      const places = this.#places[block]!.fill(0, 0, keys);
      this.#queue.add(Kind.countByKey, first, end, leafsAt, classes, places.byteOffset);
    });
    this.#queue.finish();
    let place = 0;
    for (let key = 0; key < keys; key++) {
      this.#starts[key] = place;
      for (const places of this.#places) {
        const count = places[key]!;
        places[key] = place;
        place += count;
      }
    }
    this.#starts[keys] = place;
    const [from, weights] = [odds.byteOffset, this.#weights?.byteOffset ?? 0];
    const [to, toWeights] = [this.#sortedOdds.byteOffset, this.#sortedWeights?.byteOffset ?? 0];
    blocks.forEach(({ first, end }, block) => {
      const places = this.#places[block]!.byteOffset;
      this.#queue.add(Kind.sortByKey, first, end, leafsAt, classes, from, weights, places, to, toWeights);
    });
    this.#queue.finish();
  }

  #newton(leaves: number): Float64Array {
    const { l2, leafIterations } = this.#options;
    const values = new Float64Array(leaves);
    const steps = this.#steps;
    // The leaves that have no value yet.
    let open: number[] = [];
    for (let leaf = 0; leaf < leaves; leaf++)
      if (this.#starts[2 * leaf + 2]! > this.#starts[2 * leaf]!) open.push(leaf);
    for (let iteration = 0; iteration < leafIterations && open.length > 0; iteration++) {
      this.#derive(values, open);
      for (const leaf of open) steps[leaf] = this.#derivatives[2 * leaf]! / (this.#derivatives[2 * leaf + 1]! + l2);
      for (let scale = 1; iteration < leafIterations; scale /= 2, iteration++) {
        if (leafIterations > 1 && !this.#lessens(values, open, scale)) continue;
        open = open.filter((leaf) => {
          const move = scale * steps[leaf]!;
          values[leaf]! += move;
          return Math.abs(move) >= SETTLED;
        });
        break;
      }
    }
    return values;
  }

  /** Sets the derivatives of some leaves, ascending, at their values. */
  #derive(values: Float64Array, leaves: readonly number[]): void {
    const starts = this.#starts;
    const [odds, weights] = [this.#sortedOdds.byteOffset, this.#sortedWeights?.byteOffset ?? 0];
    const [from, factors, to] = [starts.byteOffset, this.factors.byteOffset, this.#derivatives.byteOffset];
    this.factors.fill(0, 0, 2 * values.length);
    let first = leaves[0]!;
    let rows = 0;
    for (const leaf of leaves) {
      this.#setFactors(leaf, values[leaf]!);
      rows += starts[2 * leaf + 2]! - starts[2 * leaf]!;
      if (rows < ROWS_FOR_TASK && leaf !== leaves.at(-1)) continue;
      this.#queue.add(Kind.derive, first, leaf + 1, from, odds, weights, factors, to);
      first = leaf + 1;
      rows = 0;
    }
    this.#queue.finish();
  }

  #setFactors(leaf: number, value: number): void {
    const factor = Math.exp(value);
    this.factors[2 * leaf] = factor;
    this.factors[2 * leaf + 1] = 1 / factor;
  }

  /** Whether the steps of some leaves, times a scale, make the loss less: seen by the derivatives, or by the loss itself. */
  #lessens(values: Float64Array, leaves: readonly number[], scale: number): boolean {
    let longest = 0;
    for (const leaf of leaves) longest = Math.max(longest, Math.abs(this.#steps[leaf]!));
    if (scale * longest <= SURE) return true;
    let most = 0;
    for (const leaf of leaves) {
      const step = scale * this.#steps[leaf]!;
      const size = Math.abs(step);
      most += this.#derivatives[2 * leaf + 1]! * (Math.expm1(size) - size) - this.#derivatives[2 * leaf]! * step;
    }
    return most < 0 || this.#loss(values, leaves, scale) < this.#loss(values, leaves, 0);
  }

  /** The loss in some leaves, so far along their steps. */
  #loss(values: Float64Array, leaves: readonly number[], scale: number): number {
    const [starts, odds, weights] = [this.#starts, this.#sortedOdds, this.#sortedWeights];
    let sum = 0;
    for (const leaf of leaves) {
      const value = values[leaf]! + scale * this.#steps[leaf]!;
      for (let key = 2 * leaf; key <= 2 * leaf + 1; key++) {
        const factor = Math.exp(key % 2 === 0 ? value : -value);
        for (let at = starts[key]!; at < starts[key + 1]!; at++)
          sum += (weights ? weights[at]! : 1) * Math.log1p(odds[at]! * factor);
      }
    }
    return sum;
  }
}

import type { Engine } from '../kernel/engine.ts';
import { hasTailSteps, type PerOutput, type PlacedRows, type RowLoss } from '../losses/loss.ts';
import type { Objective } from '../losses/objective.ts';
import { type AnyCandidate, type Split, setLeaves } from '../scoring/candidate.ts';
import type { Prefix, PrefixStatistics } from '../scoring/prefix-statistics.ts';
import type { Fold } from '../target-statistics/fold.ts';
import { type Fitting, meanWeight } from './fitting.ts';
import { estimateLeaves } from './leaf-estimation.ts';
import type { Learner } from './learner.ts';
import { estimateTail } from './tail-estimation.ts';

/** A model of the rows of a prefix. */
export interface PrefixModel extends Omit<Prefix, 'residuals'> {
  /** For each row of the prefix what is predicted so far. */
  readonly approx: PerOutput;
  /** For each row of the prefix its weight × the negative gradient of the loss. */
  readonly residuals: PerOutput;
}

type PrefixFitting = Pick<Fitting, 'target' | 'weights' | 'start'>;

/**
 * Prefixes, each twice as long as the one before, so that all of them together cost no more than a few models.
 *
 * Source: Prokhorenkova et al. 2018, section 4.2 and appendix B; CatBoost 1.2, `fold_len_multiplier` 2.
 */
export function prefixesOf(fitting: PrefixFitting, order: Uint32Array, outputs = 1): PrefixModel[] {
  const { target, weights } = fitting;
  const rows = target.length;
  const prefixes: PrefixModel[] = [];
  let body = rows > 500 ? Math.min(100, Math.floor(rows / 50)) : 1;
  do {
    const end = Math.min(2 * body, rows);
    const bodyWeights = weights && Float64Array.from(order.subarray(0, body), (row) => weights[row]!);
    prefixes.push({ body, end, meanWeight: meanWeight(bodyWeights), ...modelOf(fitting, outputs) });
    body = end;
  } while (body < rows);
  return prefixes;
}

/** All rows as one prefix, without a tail. */
export function wholeOf(fitting: PrefixFitting, outputs = 1): PrefixModel {
  const rows = fitting.target.length;
  return { body: rows, end: rows, meanWeight: meanWeight(fitting.weights), ...modelOf(fitting, outputs) };
}

const modelOf = ({ target, start }: PrefixFitting, outputs: number) => ({
  approx: Array.from({ length: outputs }, () => new Float64Array(target.length).fill(start)),
  residuals: Array.from({ length: outputs }, () => new Float64Array(target.length)),
});

/**
 * Adds a tree to a prefix, and returns its leaves' values: they are estimated from the rows of the body alone. None where rows of the
 * tail have steps of their own.
 */
export function addTree(
  loss: RowLoss,
  { body, end, approx, meanWeight: unit }: Omit<PrefixModel, 'residuals'>,
  order: Uint32Array,
  placed: PlacedRows,
  { l2, learningRate, leafIterations }: Pick<Fitting, 'l2' | 'learningRate' | 'leafIterations'>,
): Float64Array<ArrayBuffer> {
  const { leafOf } = placed;
  const outputs = approx.length;
  const rows = order.subarray(0, body);
  const estimation = { rows, weight: unit * body, l2: l2 * unit, iterations: leafIterations };
  if (body < end && hasTailSteps(loss)) {
    const added = estimateTail(loss, approx, placed, order.subarray(body, end), estimation);
    approx.forEach((own, output) => {
      for (let at = 0; at < end; at++) own[order[at]!]! += learningRate * added[output]![order[at]!]!;
    });
    return new Float64Array();
  }
  const values = estimateLeaves(loss, approx, placed, { ...estimation, isWhole: body === end }).map(
    (value) => learningRate * value,
  );
  approx.forEach((own, output) => {
    for (let at = 0; at < end; at++) own[order[at]!]! += values[leafOf[order[at]!]! * outputs + output]!;
  });
  return values;
}

/**
 * Ordered boosting: several models, each fitted to the rows before some place in a random order, so that a row's gradient
 * comes from a model that was fitted to earlier rows. Or Plain boosting, with one model of all rows.
 *
 * Source: Prokhorenkova et al. 2018, section 4.
 */
export class PrefixLearner implements Learner {
  readonly fold: Fold;
  readonly #fitting: Fitting;
  readonly #loss: RowLoss;
  readonly #prefixes: readonly PrefixModel[];
  /** The prefixes as they are scored: each as often as there are outputs. */
  readonly #scored: readonly Prefix[];
  readonly #gradients: PerOutput;
  readonly #statistics: PrefixStatistics;
  readonly #leafOf: Uint16Array;
  #taken = new Uint8Array();

  /** @param statistics shared by learners that take turns */
  constructor(
    fold: Fold,
    fitting: Fitting & { readonly objective: Objective },
    prefixes: readonly PrefixModel[],
    statistics: PrefixStatistics,
    { arena }: Engine,
  ) {
    const { objective } = fitting;
    const rows = fitting.target.length;
    this.fold = fold;
    this.#fitting = fitting;
    this.#loss = objective.at(fitting.target, fitting.weights);
    this.#prefixes = prefixes;
    this.#scored = prefixes.flatMap((prefix) => prefix.residuals.map((residuals) => ({ ...prefix, residuals })));
    this.#gradients = Array.from({ length: objective.outputs }, () => arena.float64(rows));
    this.#leafOf = new Uint16Array(rows);
    this.#statistics = statistics;
  }

  /** A row's gradient is that of the prefix in whose tail it is; of the first prefix, in its body too. */
  gradients(): PerOutput {
    const { order } = this.fold;
    this.#prefixes.forEach(({ body, end, approx, residuals }, i) => {
      this.#loss.setGradients(order.subarray(0, end), approx, residuals);
      this.#gradients.forEach((gradients, output) => {
        const own = residuals[output]!;
        for (let at = i === 0 ? 0 : body; at < end; at++) gradients[order[at]!] = own[order[at]!]!;
      });
    });
    return this.#gradients;
  }

  deviation(): number {
    const { order } = this.fold;
    const [first] = this.#prefixes;
    const scored = first!.body < order.length ? first!.body : 0;
    let squares = 0;
    for (const gradients of this.#gradients)
      for (let at = scored; at < order.length; at++) squares += gradients[order[at]!]! ** 2;
    return Math.sqrt(squares / (order.length - scored));
  }

  sampled(sampling: Float64Array): PrefixStatistics {
    this.#statistics.begin(this.fold.order, this.#scored, sampling);
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
    const placed = { leafOf: this.#leafOf, leaves: this.#taken.length };
    let values = new Float64Array();
    for (const prefix of this.#prefixes) values = addTree(this.#loss, prefix, this.fold.order, placed, this.#fitting);
    return values;
  }

  leafWeights(): Float64Array {
    const { weights } = this.#fitting;
    const sums = new Float64Array(this.#taken.length);
    for (let i = 0; i < this.#leafOf.length; i++) sums[this.#leafOf[i]!]! += weights ? weights[i]! : 1;
    return sums;
  }
}

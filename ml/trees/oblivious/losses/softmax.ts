import type { Fitting } from '../boosting/fitting.ts';
import { addTree, type PrefixModel } from '../boosting/prefix-learner.ts';
import type { RowLeaves } from '../boosting/row-leaves.ts';
import type { Engine } from '../kernel/engine.ts';
import type { PerOutput, PlacedRows, RowLoss, TailedLoss } from './loss.ts';
import type { Objective, RowModel } from './objective.ts';
import { solvePositive } from './solve-positive.ts';

/** The log loss of several classes: the softmax of the raw predictions, one for each. Source: CatBoost 1.2, MultiClass. */
export const softmaxLoss = (classes: number): Objective => ({
  outputs: classes,
  startsFromMean: false,
  targetBorders: () => Array.from({ length: classes - 1 }, (_, border) => border + 0.5),
  at: (target, weights) => new SoftmaxAt(target, weights, classes),
  modelsOf: (fitting, _depth, engine) => () => new SoftmaxModel(fitting, classes, engine),
});

class SoftmaxAt implements TailedLoss {
  readonly #target: Float64Array;
  readonly #weights: Float64Array | undefined;
  readonly #classes: number;
  readonly #probabilities: Float64Array;

  constructor(target: Float64Array, weights: Float64Array | undefined, classes: number) {
    this.#target = target;
    this.#weights = weights;
    this.#classes = classes;
    this.#probabilities = new Float64Array(classes);
  }

  setGradients(rows: Uint32Array, raw: PerOutput, gradients: PerOutput): void {
    const target = this.#target;
    const weights = this.#weights;
    for (let place = 0; place < rows.length; place++) {
      const row = rows[place]!;
      const probabilities = this.#at(raw, row);
      const weight = weights ? weights[row]! : 1;
      for (let k = 0; k < probabilities.length; k++)
        gradients[k]![row] = weight * ((target[row] === k ? 1 : 0) - probabilities[k]!);
    }
  }

  steps(rows: Uint32Array, raw: PerOutput, placed: PlacedRows, l2: number): Float64Array<ArrayBuffer> {
    const { leaves } = placed;
    const { sums, curvatures, size } = this.#derivatives(rows, raw, placed);
    const classes = this.#classes;
    for (let leaf = 0; leaf < leaves; leaf++)
      solvePositive(
        curvatures.subarray(leaf * size, (leaf + 1) * size),
        sums.subarray(leaf * classes, (leaf + 1) * classes),
        Math.fround(l2),
      );
    return sums;
  }

  tailSteps(
    rows: Uint32Array,
    tail: Uint32Array,
    raw: PerOutput,
    placed: PlacedRows,
    l2: number,
  ): Float64Array<ArrayBuffer> {
    const { sums, curvatures, size } = this.#derivatives(rows, raw, placed);
    const classes = this.#classes;
    const steps = new Float64Array(tail.length * classes);
    tail.forEach((row, at) => {
      const leaf = placed.leafOf[row]!;
      const [sum, curvature] = [sums.subarray(leaf * classes), curvatures.subarray(leaf * size)];
      this.#add(row, raw, sum, curvature);
      const own = steps.subarray(at * classes, (at + 1) * classes);
      own.set(sum.subarray(0, classes));
      solvePositive(curvature.slice(0, size), own, Math.fround(l2));
    });
    return steps;
  }

  /** Of each leaf the negative gradient and the lower triangle of the second derivatives, row by row. */
  #derivatives(rows: Uint32Array, raw: PerOutput, { leafOf, leaves }: PlacedRows) {
    const classes = this.#classes;
    const size = (classes * (classes + 1)) / 2;
    const sums = new Float64Array(leaves * classes);
    const curvatures = new Float64Array(leaves * size);
    const ofLeaves = Array.from({ length: leaves }, (_, leaf) => ({
      sum: sums.subarray(leaf * classes, (leaf + 1) * classes),
      curvature: curvatures.subarray(leaf * size, (leaf + 1) * size),
    }));
    for (let place = 0; place < rows.length; place++) {
      const row = rows[place]!;
      const { sum, curvature } = ofLeaves[leafOf[row]!]!;
      this.#add(row, raw, sum, curvature);
    }
    return { sums, curvatures, size };
  }

  #add(row: number, raw: PerOutput, sum: Float64Array, curvature: Float64Array): void {
    const probabilities = this.#at(raw, row);
    const weight = this.#weights ? this.#weights[row]! : 1;
    for (let j = 0, at = 0; j < probabilities.length; j++) {
      const own = weight * probabilities[j]!;
      sum[j]! -= own;
      for (let k = 0; k < j; k++, at++) curvature[at]! -= own * probabilities[k]!;
      curvature[at++]! += own * (1 - probabilities[j]!);
    }
    sum[this.#target[row]!]! += weight;
  }

  mean(rows: Uint32Array, raw: PerOutput, weight: number): number {
    let sum = 0;
    for (let place = 0; place < rows.length; place++) {
      const row = rows[place]!;
      const own = raw[this.#target[row]!]![row]!;
      let highest = own;
      for (const other of raw) highest = Math.max(highest, other[row]!);
      let total = 0;
      for (const other of raw) total += Math.exp(other[row]! - highest);
      const loss = highest - own + Math.log(total);
      sum += this.#weights ? this.#weights[row]! * loss : loss;
    }
    return sum / weight;
  }

  /** The probabilities of a row; the next call overwrites them. */
  #at(raw: PerOutput, row: number): Float64Array {
    const probabilities = this.#probabilities;
    let highest = -Infinity;
    for (let k = 0; k < probabilities.length; k++) highest = Math.max(highest, raw[k]![row]!);
    let total = 0;
    for (let k = 0; k < probabilities.length; k++) {
      probabilities[k] = Math.exp(raw[k]![row]! - highest);
      total += probabilities[k]!;
    }
    for (let k = 0; k < probabilities.length; k++) probabilities[k]! /= total;
    return probabilities;
  }
}

/** The raw predictions of all rows. */
class SoftmaxModel implements RowModel {
  readonly gradients: PerOutput;
  readonly #fitting: Fitting;
  readonly #loss: RowLoss;
  readonly #whole: Omit<PrefixModel, 'residuals'>;
  readonly #rows: Uint32Array;
  deviation = 0;

  /** @param fitting whose l2 is in the unit of the weights */
  constructor(fitting: Fitting, classes: number, { arena }: Engine) {
    const { target, weights } = fitting;
    this.#fitting = fitting;
    this.#loss = new SoftmaxAt(target, weights, classes);
    const rows = target.length;
    const approx = Array.from({ length: classes }, () => new Float64Array(rows));
    this.#whole = { body: rows, end: rows, meanWeight: 1, approx };
    this.#rows = Uint32Array.from(target, (_, row) => row);
    this.gradients = Array.from({ length: classes }, () => arena.float64(target.length));
    this.#setGradients();
  }

  learn(placed: RowLeaves): Float64Array {
    const values = addTree(this.#loss, this.#whole, this.#rows, placed, this.#fitting);
    this.#setGradients();
    return values;
  }

  #setGradients(): void {
    this.#loss.setGradients(this.#rows, this.#whole.approx, this.gradients);
    let squares = 0;
    for (const gradients of this.gradients) for (const gradient of gradients) squares += gradient * gradient;
    this.deviation = Math.sqrt(squares / this.#rows.length);
  }
}

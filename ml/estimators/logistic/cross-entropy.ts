import type { Design } from './design.ts';

/** Rows with their classes, of which each counts. */
export interface ClassRows {
  readonly design: Design;
  /** Indices of classes. */
  readonly y: Float64Array;
  /** @default 1 each */
  readonly weights: Float64Array | undefined;
}

/**
 * The mean cross-entropy of rows, as a function of coefficients: of two classes those of the second one's log-odds; of several those
 * of each class's margin, of which a softmax makes probabilities. Coefficients are place by place, those of the outputs side by side,
 * and the intercepts come last.
 */
export class CrossEntropy {
  /** One of two classes, and else one a class. */
  readonly outputs: number;
  readonly design: Design;
  readonly weights: Float64Array | undefined;
  /** The sum of the weights. */
  readonly total: number;
  readonly #y: Float64Array;

  constructor({ design, y, weights }: ClassRows, classes: number) {
    this.outputs = classes === 2 ? 1 : classes;
    this.design = design;
    this.weights = weights;
    this.total = weights ? weights.reduce((sum, weight) => sum + weight, 0) : design.rows;
    this.#y = y;
  }

  /** How many coefficients there are, with the intercepts. */
  get size(): number {
    return (this.design.columns + 1) * this.outputs;
  }

  /** The slopes of the mean loss at these coefficients. */
  gradient(at: Float64Array): Float64Array {
    const gradient = new Float64Array(this.size);
    if (this.outputs === 1) this.#addBinary(at, gradient);
    else this.#addSeveral(at, gradient);
    for (let j = 0; j < gradient.length; j++) gradient[j]! /= this.total;
    return gradient;
  }

  /** The probabilities of some rows: rows × outputs. */
  probabilities(at: Float64Array, rows: Uint32Array): Float64Array {
    const { outputs } = this;
    const probabilities = new Float64Array(rows.length * outputs);
    const own = new Float64Array(outputs);
    rows.forEach((row, i) => {
      this.#margins(at, row, own);
      if (outputs === 1) own[0] = logistic(own[0]!);
      else softmax(own);
      probabilities.set(own, i * outputs);
    });
    return probabilities;
  }

  // One loop over a row's numbers for its margin, and one for its slopes, while they are in the cache.
  #addBinary(at: Float64Array, gradient: Float64Array): void {
    const { rows, columns, denseCount, dense, starts, places, entries } = this.design;
    const { weights } = this;
    const y = this.#y;
    let slope = 0;
    for (let i = 0, first = 0; i < rows; i++, first += denseCount) {
      let margin = at[columns]!;
      for (let j = 0; j < denseCount; j++) margin += at[j]! * dense[first + j]!;
      const end = starts[i + 1]!;
      for (let e = starts[i]!; e < end; e++) margin += at[places[e]!]! * entries[e]!;
      let error = logistic(margin) - y[i]!;
      if (weights) error *= weights[i]!;
      for (let j = 0; j < denseCount; j++) gradient[j]! += error * dense[first + j]!;
      for (let e = starts[i]!; e < end; e++) gradient[places[e]!]! += error * entries[e]!;
      slope += error;
    }
    gradient[columns] = slope;
  }

  #addSeveral(at: Float64Array, gradient: Float64Array): void {
    const { rows, columns, denseCount, dense, starts, places, entries } = this.design;
    const { outputs, weights } = this;
    const y = this.#y;
    const errors = new Float64Array(outputs);
    for (let i = 0, first = 0; i < rows; i++, first += denseCount) {
      this.#margins(at, i, errors);
      softmax(errors);
      errors[y[i]!]! -= 1;
      if (weights) for (let k = 0; k < outputs; k++) errors[k]! *= weights[i]!;
      for (let j = 0, to = 0; j < denseCount; j++, to += outputs) {
        const value = dense[first + j]!;
        for (let k = 0; k < outputs; k++) gradient[to + k]! += errors[k]! * value;
      }
      for (let e = starts[i]!; e < starts[i + 1]!; e++) {
        const to = places[e]! * outputs;
        const value = entries[e]!;
        for (let k = 0; k < outputs; k++) gradient[to + k]! += errors[k]! * value;
      }
      const to = columns * outputs;
      for (let k = 0; k < outputs; k++) gradient[to + k]! += errors[k]!;
    }
  }

  /** A row's margin of each output. */
  #margins(at: Float64Array, row: number, margins: Float64Array): void {
    const { columns, denseCount, dense, starts, places, entries } = this.design;
    const { outputs } = this;
    const intercepts = columns * outputs;
    for (let k = 0; k < outputs; k++) margins[k] = at[intercepts + k]!;
    for (let j = 0, from = 0, first = row * denseCount; j < denseCount; j++, from += outputs) {
      const value = dense[first + j]!;
      for (let k = 0; k < outputs; k++) margins[k]! += at[from + k]! * value;
    }
    for (let e = starts[row]!; e < starts[row + 1]!; e++) {
      const from = places[e]! * outputs;
      const value = entries[e]!;
      for (let k = 0; k < outputs; k++) margins[k]! += at[from + k]! * value;
    }
  }
}

/** The probability of these log-odds. */
export const logistic = (margin: number): number => 1 / (1 + Math.exp(-margin));

/** Margins as probabilities, in place; of any size, since they are counted from the largest one. */
export function softmax(margins: Float64Array): void {
  let largest = margins[0]!;
  for (let k = 1; k < margins.length; k++) if (margins[k]! > largest) largest = margins[k]!;
  let sum = 0;
  for (let k = 0; k < margins.length; k++) {
    const part = Math.exp(margins[k]! - largest);
    margins[k] = part;
    sum += part;
  }
  for (let k = 0; k < margins.length; k++) margins[k]! /= sum;
}

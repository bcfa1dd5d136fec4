import { logistic } from '../losses/log-loss.ts';
import { softmaxRows } from '../losses/softmax.ts';
import { type Design, designOfRows } from './design.ts';
import { panelsOf } from './panels.ts';

/** From so many dense columns × classes on, they are multiplied in panels. */
const MANY = 256;

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

  /** The same of some rows. */
  ofRows(rows: Uint32Array): CrossEntropy {
    const { weights, design } = this;
    const pick = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!);
    const some = { design: designOfRows(design, rows), y: pick(this.#y), weights: weights && pick(weights) };
    return new CrossEntropy(some, Math.max(this.outputs, 2));
  }

  /** The slopes of the mean loss at these coefficients. */
  gradient(at: Float64Array): Float64Array {
    const gradient = new Float64Array(this.size);
    if (this.outputs === 1) this.#addBinary(at, gradient);
    else if (this.design.denseCount * this.outputs >= MANY) this.#addPanels(at, gradient);
    else this.#addSeveral(at, gradient);
    for (let j = 0; j < gradient.length; j++) gradient[j]! /= this.total;
    return gradient;
  }

  /** The probabilities of some rows: rows × outputs. */
  probabilities(at: Float64Array, rows: Uint32Array): Float64Array {
    const { outputs } = this;
    const probabilities = new Float64Array(rows.length * outputs);
    if (outputs === 1) {
      for (let i = 0; i < rows.length; i++) probabilities[i] = logistic(this.#margin(at, rows[i]!));
      return probabilities;
    }
    for (let i = 0; i < rows.length; i++) this.#margins(at, rows[i]!, probabilities, i * outputs);
    softmaxRows(probabilities, outputs);
    return probabilities;
  }

  #addBinary(at: Float64Array, gradient: Float64Array): void {
    const { rows, denseCount, dense } = this.design;
    const whole = rows - (rows % 4);
    this.#addFours(dense, [0, whole], at, gradient);
    if (whole === rows) return;
    const last = new Float64Array(4 * denseCount);
    last.set(dense.subarray(whole * denseCount, rows * denseCount));
    this.#addFours(last, [whole, rows], at, gradient);
  }

  /**
   * Four rows at a time: a coefficient that is read serves all of them, and so does a slope that is written.
   *
   * @param dense values of the rows from the first of a range on; past the last row they are 0
   */
  #addFours(dense: Float64Array, [start, end]: [number, number], at: Float64Array, gradient: Float64Array): void {
    const { columns, denseCount } = this.design;
    let slope = 0;
    for (let i = start, a = 0; i < end; i += 4, a += 4 * denseCount) {
      const b = a + denseCount;
      const c = b + denseCount;
      const d = c + denseCount;
      let inA = at[columns]!;
      let inB = inA;
      let inC = inA;
      let inD = inA;
      for (let j = 0; j < denseCount; j++) {
        const coefficient = at[j]!;
        inA += coefficient * dense[a + j]!;
        inB += coefficient * dense[b + j]!;
        inC += coefficient * dense[c + j]!;
        inD += coefficient * dense[d + j]!;
      }
      inA = this.#errorOf(i, inA, at, gradient);
      inB = this.#errorOf(i + 1, inB, at, gradient);
      inC = this.#errorOf(i + 2, inC, at, gradient);
      inD = this.#errorOf(i + 3, inD, at, gradient);
      for (let j = 0; j < denseCount; j++)
        gradient[j]! += inA * dense[a + j]! + inB * dense[b + j]! + (inC * dense[c + j]! + inD * dense[d + j]!);
      slope += inA + inB + (inC + inD);
    }
    gradient[columns]! += slope;
  }

  /** By how much a row's probability is too high, times its weight; 0 past the last row. Its other entries' slopes are added. */
  #errorOf(row: number, denseMargin: number, at: Float64Array, gradient: Float64Array): number {
    const { rows, starts, places, entries } = this.design;
    if (row >= rows) return 0;
    const end = starts[row + 1]!;
    let margin = denseMargin;
    for (let e = starts[row]!; e < end; e++) margin += at[places[e]!]! * entries[e]!;
    const error = (logistic(margin) - this.#y[row]!) * (this.weights ? this.weights[row]! : 1);
    for (let e = starts[row]!; e < end; e++) gradient[places[e]!]! += error * entries[e]!;
    return error;
  }

  #addSeveral(at: Float64Array, gradient: Float64Array): void {
    const { rows, columns, denseCount, dense, starts, places, entries } = this.design;
    const { outputs } = this;
    const errors = new Float64Array(outputs);
    for (let i = 0, first = 0; i < rows; i++, first += denseCount) {
      this.#margins(at, i, errors, 0);
      this.#toErrors(i, errors);
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

  /** The same, whose dense columns are multiplied in panels of rows. */
  #addPanels(at: Float64Array, gradient: Float64Array): void {
    const { columns, denseCount, rows, starts, places, entries } = this.design;
    const { outputs } = this;
    const denseEnd = denseCount * outputs;
    const dense = new Float64Array(denseEnd + outputs);
    dense.set(at.subarray(0, denseEnd));
    dense.set(at.subarray(columns * outputs), denseEnd);
    const errors = new Float64Array(outputs);
    const visit = (row: number, margins: Float64Array, from: number) => {
      const [start, end] = [starts[row]!, starts[row + 1]!];
      for (let k = 0; k < outputs; k++) errors[k] = margins[from + k]!;
      for (let e = start; e < end; e++) {
        const place = places[e]! * outputs;
        for (let k = 0; k < outputs; k++) errors[k]! += at[place + k]! * entries[e]!;
      }
      this.#toErrors(row, errors);
      for (let k = 0; k < outputs; k++) margins[from + k] = errors[k]!;
      for (let e = start; e < end; e++) {
        const place = places[e]! * outputs;
        for (let k = 0; k < outputs; k++) gradient[place + k]! += errors[k]! * entries[e]!;
      }
    };
    const sums = panelsOf(this.design).slopesBy(rows, outputs, dense, visit);
    gradient.set(sums.subarray(0, denseEnd));
    gradient.set(sums.subarray(denseEnd), columns * outputs);
  }

  /** Makes of the margins of a row how much too high its probabilities are, times its weight. */
  #toErrors(row: number, margins: Float64Array): void {
    softmaxRows(margins, this.outputs);
    margins[this.#y[row]!]! -= 1;
    const { weights } = this;
    if (weights) for (let k = 0; k < margins.length; k++) margins[k]! *= weights[row]!;
  }

  /** A row's margin where there is one output. */
  #margin(at: Float64Array, row: number): number {
    const { columns, denseCount, dense, starts, places, entries } = this.design;
    const first = row * denseCount;
    let margin = at[columns]!;
    for (let j = 0; j < denseCount; j++) margin += at[j]! * dense[first + j]!;
    const end = starts[row + 1]!;
    for (let e = starts[row]!; e < end; e++) margin += at[places[e]!]! * entries[e]!;
    return margin;
  }

  /** A row's margin of each output, into `margins` from a place on. */
  #margins(at: Float64Array, row: number, margins: Float64Array, to: number): void {
    const { columns, denseCount, dense, starts, places, entries } = this.design;
    const { outputs } = this;
    const intercepts = columns * outputs;
    for (let k = 0; k < outputs; k++) margins[to + k] = at[intercepts + k]!;
    for (let j = 0, from = 0, first = row * denseCount; j < denseCount; j++, from += outputs) {
      const value = dense[first + j]!;
      for (let k = 0; k < outputs; k++) margins[to + k]! += at[from + k]! * value;
    }
    for (let e = starts[row]!; e < starts[row + 1]!; e++) {
      const from = places[e]! * outputs;
      const value = entries[e]!;
      for (let k = 0; k < outputs; k++) margins[to + k]! += at[from + k]! * value;
    }
  }
}

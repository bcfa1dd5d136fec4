import type { Binned } from './bins.ts';

/** A column: in bins, and for a number also the values that a line is fitted to, standardised. */
export interface Term extends Binned {
  readonly line?: Float64Array | undefined;
}

/** How many rows without effect each bin starts with. */
export const PRIOR = 1;

/**
 * What is left of targets after a sum of functions of one column each (a generalised additive model): a step function of
 * every column, and a line of every number. Fitted by going over the columns in turn (backfitting).
 *
 * Source: Hastie and Tibshirani 1986, Statistical Science 1(3).
 */
export class AdditiveModel {
  /** The targets less the model. */
  readonly residuals: Float64Array;
  readonly #weights: Float64Array;
  readonly #terms: Term[] = [];

  /** @param weights their mean is 1 */
  constructor(y: Float64Array, weights: Float64Array) {
    this.residuals = y.slice();
    this.#weights = weights;
    this.#shift(this.#mean());
  }

  /** Adds columns, and goes over all there are so many times. */
  fit(terms: readonly Term[], passes: number): void {
    this.#terms.push(...terms);
    for (let pass = 0; pass < passes; pass++) {
      for (const term of this.#terms) {
        if (term.line) this.#fitLine(term.line);
        this.#fitSteps(term);
      }
    }
  }

  #mean(): number {
    let sum = 0;
    for (let i = 0; i < this.residuals.length; i++) sum += (this.#weights[i] as number) * (this.residuals[i] as number);
    return sum / this.residuals.length;
  }

  #shift(mean: number): void {
    for (let i = 0; i < this.residuals.length; i++) this.residuals[i] = (this.residuals[i] as number) - mean;
  }

  #fitLine(line: Float64Array): void {
    const { residuals } = this;
    let products = 0;
    let squares = 0;
    for (let i = 0; i < line.length; i++) {
      const weighted = (this.#weights[i] as number) * (line[i] as number);
      products += weighted * (residuals[i] as number);
      squares += weighted * (line[i] as number);
    }
    if (squares === 0) return;
    const slope = products / squares;
    for (let i = 0; i < line.length; i++) residuals[i] = (residuals[i] as number) - slope * (line[i] as number);
  }

  #fitSteps({ codes, bins }: Binned): void {
    const { residuals } = this;
    const sums = new Float64Array(bins);
    const totals = new Float64Array(bins).fill(PRIOR);
    for (let i = 0; i < codes.length; i++) {
      const code = codes[i] as number;
      const weight = this.#weights[i] as number;
      sums[code] = (sums[code] as number) + weight * (residuals[i] as number);
      totals[code] = (totals[code] as number) + weight;
    }
    for (let i = 0; i < codes.length; i++) {
      const code = codes[i] as number;
      residuals[i] = (residuals[i] as number) - (sums[code] as number) / (totals[code] as number);
    }
  }
}

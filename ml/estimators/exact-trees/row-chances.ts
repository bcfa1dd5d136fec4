/** No chance is less, so that a row that was right every time still counts. */
const LEAST = 2 ** -52;

/** How much each row counts as AdaBoost goes on: its share of all. It starts as its share of all weight, and stays 0 where that is. */
export class RowChances {
  readonly values: Float64Array;
  readonly #least: Float64Array;

  /** @param weights at least 0, not all 0 */
  constructor(weights: Float64Array) {
    const sum = weights.reduce((sum, weight) => sum + weight, 0);
    this.values = weights.map((weight) => (weight === 0 ? 0 : Math.max(weight / sum, LEAST)));
    this.#least = this.values.map((chance) => (chance === 0 ? 0 : LEAST));
  }

  /** Makes them shares of all again. @returns false where there is nothing left to share: all have vanished, or some passed all numbers */
  normalize(): boolean {
    const { values } = this;
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += values[i]!;
    if (!(sum > 0 && sum < Infinity)) return false;
    for (let i = 0; i < values.length; i++) values[i] = Math.max(values[i]! / sum, this.#least[i]!);
    return true;
  }
}

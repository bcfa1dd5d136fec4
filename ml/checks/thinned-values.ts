/** So many values are kept at most, and at least half as many of a long column. */
const MOST = 4096;

/** Values at equal distances among all that are added, so that quantiles are known in bounded memory. */
export class ThinnedValues {
  #kept: number[] = [];
  #added = 0;
  #stride = 1;

  add(value: number): void {
    if (this.#added % this.#stride === 0) this.#kept.push(value);
    this.#added += 1;
    if (this.#kept.length < MOST) return;
    this.#kept = this.#kept.filter((_, i) => i % 2 === 0);
    this.#stride *= 2;
  }

  /** The value below which such a share of those that are kept lies; undefined where there is none. */
  quantile(share: number): number | undefined {
    return this.#kept.toSorted((a, b) => a - b)[Math.round(share * (this.#kept.length - 1))];
  }
}

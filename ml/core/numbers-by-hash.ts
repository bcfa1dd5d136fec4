/** Slots of the smallest table; a power of two, as all sizes. */
const FEWEST_SLOTS = 1 << 10;
const FULLEST = 0.7;

/** Numbers by hashes of 53 bits, in 16 bytes a hash and a half: a Map of numbers takes several times that, and ends at 16 million. */
export class NumbersByHash {
  #hashes = new Float64Array(FEWEST_SLOTS).fill(Number.NaN);
  #numbers = new Float64Array(FEWEST_SLOTS);
  #size = 0;

  /** How many hashes have a number. */
  get size(): number {
    return this.#size;
  }

  get(hash: number): number | undefined {
    const at = this.#slotOf(hash);
    return this.#hashes[at] === hash ? this.#numbers[at] : undefined;
  }

  set(hash: number, number: number): void {
    const at = this.#slotOf(hash);
    this.#numbers[at] = number;
    if (this.#hashes[at] === hash) return;
    this.#hashes[at] = hash;
    this.#size += 1;
    if (this.#size > FULLEST * this.#hashes.length) this.#remake(2 * this.#hashes.length, () => true);
  }

  /** Forgets the others. */
  keep(isKept: (hash: number) => boolean): void {
    this.#remake(this.#hashes.length, isKept);
  }

  *numbers(): Generator<number> {
    for (let at = 0; at < this.#hashes.length; at++)
      if (!Number.isNaN(this.#hashes[at])) yield this.#numbers[at] as number;
  }

  #slotOf(hash: number): number {
    const last = this.#hashes.length - 1;
    let at = (hash >>> 0) & last;
    while (!Number.isNaN(this.#hashes[at] as number) && this.#hashes[at] !== hash) at = (at + 1) & last;
    return at;
  }

  #remake(slots: number, isKept: (hash: number) => boolean): void {
    const [hashes, numbers] = [this.#hashes, this.#numbers];
    this.#hashes = new Float64Array(slots).fill(Number.NaN);
    this.#numbers = new Float64Array(slots);
    this.#size = 0;
    for (let i = 0; i < hashes.length; i++) {
      const hash = hashes[i] as number;
      if (Number.isNaN(hash) || !isKept(hash)) continue;
      const at = this.#slotOf(hash);
      this.#hashes[at] = hash;
      this.#numbers[at] = numbers[i] as number;
      this.#size += 1;
    }
  }
}

/** A column that grows as rows arrive. */
export class ColumnBuffer {
  #values = new Float64Array(1024);
  #length = 0;

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Float64Array(this.#length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length++] = value;
  }

  /** The values so far: a view, good until the next one arrives. */
  view(): Float64Array {
    return this.#values.subarray(0, this.#length);
  }
}

import { readRows } from './read-column.ts';
import { allocateFor, type ColumnValues, extentOf, NO_VALUES, storeInto, unionOf } from './storage.ts';

/** Values that are held as they came, before they are stored by their extent: what a column has beside its chunks is half a megabyte. */
const CHUNK = 2 ** 16;
/** Room at first: of a thousand columns with a row each, no more is taken. */
const FIRST = 16;

/**
 * A column that grows as rows arrive. Each chunk is stored in the smallest array that holds it, and all of them at the end in the
 * smallest that holds each: a column never lies there twice in float64, nor is copied each time that it has outgrown its room.
 */
export class ColumnBuilder {
  #held = new Float64Array(FIRST);
  #count = 0;
  #chunks: ColumnValues[] = [];
  #rows = 0;
  #extent = NO_VALUES;

  /** @param value NaN where it is missing */
  push(value: number): void {
    if (this.#count === this.#held.length) this.#makeRoom();
    this.#held[this.#count++] = value;
  }

  /** All values, on memory that threads share; the builder is empty then. */
  finish(): ColumnValues {
    this.#store();
    const values = allocateFor(this.#extent, this.#rows);
    const chunks = this.#chunks.reverse();
    this.#chunks = [];
    let at = 0;
    // Each is let go once it is copied.
    for (let chunk = chunks.pop(); chunk; chunk = chunks.pop()) {
      const read = new Float64Array(chunk.length);
      readRows({ values: chunk, chosen: undefined }, 0, read);
      storeInto(values, at, read);
      at += chunk.length;
    }
    this.#held = new Float64Array(FIRST);
    this.#rows = 0;
    this.#extent = NO_VALUES;
    return values;
  }

  #makeRoom(): void {
    if (this.#count === CHUNK) {
      this.#store();
      return;
    }
    const larger = new Float64Array(2 * this.#count);
    larger.set(this.#held);
    this.#held = larger;
  }

  #store(): void {
    const held = this.#held.subarray(0, this.#count);
    const extent = extentOf(held);
    const chunk = allocateFor(extent, held.length);
    storeInto(chunk, 0, held);
    this.#chunks.push(chunk);
    this.#rows += held.length;
    this.#extent = unionOf(this.#extent, extent);
    this.#count = 0;
  }
}

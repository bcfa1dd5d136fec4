/** Keeps what was last asked for, by name. */
export class LruCache<T> {
  readonly #kept = new Map<string, T>();

  get(name: string, make: () => T): T {
    const value = this.#kept.get(name) ?? make();
    // Put last: a map lists its names in the order in which they were put in.
    this.#kept.delete(name);
    this.#kept.set(name, value);
    return value;
  }

  /** Forgets all but the `most` that were asked for last; returns what is forgotten. */
  trim(most: number): T[] {
    const forgotten: T[] = [];
    if (this.#kept.size <= most) return forgotten;
    for (const [name, value] of this.#kept) {
      if (this.#kept.size <= most) break;
      this.#kept.delete(name);
      forgotten.push(value);
    }
    return forgotten;
  }
}

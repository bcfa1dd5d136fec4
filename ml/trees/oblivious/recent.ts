/** Keeps what was last asked for, by name. */
export class Recent<T> {
  readonly #kept = new Map<string, T>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  get(name: string, make: () => T): T {
    const value = this.#kept.get(name) ?? make();
    // Put last: a map lists its names in the order in which they were put in.
    this.#kept.delete(name);
    this.#kept.set(name, value);
    const oldest = this.#kept.keys().next();
    if (this.#kept.size > this.#most && !oldest.done) this.#kept.delete(oldest.value);
    return value;
  }
}

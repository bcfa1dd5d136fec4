/**
 * What is worked out of rows alone, so that the next fit of the same rows need not: of each source the value that was
 * asked for last. It is let go with its source, whose numbers must not change in between.
 */
export class Derived<K extends object, T> {
  readonly #kept = new WeakMap<K, { readonly by: readonly unknown[]; readonly value: T }>();

  /**
   * The value of a source: the last one, where it was made by the same.
   *
   * @param by all that the value depends on besides its source; objects are the same where they are one
   */
  of(source: K, by: readonly unknown[], make: () => T): T {
    const kept = this.#kept.get(source);
    if (kept && by.length === kept.by.length && by.every((each, i) => Object.is(each, kept.by[i]))) return kept.value;
    const value = make();
    this.#kept.set(source, { by, value });
    return value;
  }
}

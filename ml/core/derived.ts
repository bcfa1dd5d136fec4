/** What a value is made by besides its source. Arrays are the same where their numbers are. */
type Cause = number | boolean | Float32Array | Float64Array | undefined;

/**
 * What is worked out of rows alone, so that the next fit of the same rows need not: of each source the value that was
 * asked for last. It is let go with its source, whose numbers must not change in between.
 */
export class Derived<K extends object, T> {
  readonly #kept = new WeakMap<K, { readonly by: readonly Cause[]; readonly value: T }>();

  /**
   * The value of a source: the last one, where it was made by the same.
   *
   * @param by all that the value depends on besides its source
   */
  of(source: K, by: readonly Cause[], make: () => T): T {
    const kept = this.#kept.get(source);
    if (kept && by.length === kept.by.length && by.every((cause, i) => isSame(cause, kept.by[i]))) return kept.value;
    const value = make();
    // Whoever owns an array may change it.
    this.#kept.set(source, { by: by.map((cause) => (typeof cause === 'object' ? cause.slice() : cause)), value });
    return value;
  }
}

function isSame(a: Cause, b: Cause): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return Object.is(a, b);
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
  return true;
}

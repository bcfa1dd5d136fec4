/** How often it looks. */
const LOOK_MS = 50;
/** Whoever is answered that late has often gone, or asked again. */
const MOST_MS = 1000;
/** It may be late once, as when pages are loaded: so often in a row it is where there is too much to do. */
const LATE_LOOKS = 2;

/**
 * Says whether the event loop is so far behind that more requests would only make everybody wait longer: what takes long is done in threads,
 * so it falls behind where more short requests come than it can answer.
 */
export class LoopGuard {
  readonly #timer: NodeJS.Timeout;
  #late = 0;

  /** @param mostMs how much later than asked for a timer may come. @default 1000 */
  constructor(mostMs = MOST_MS) {
    let expected = performance.now() + LOOK_MS;
    this.#timer = setInterval(() => {
      const now = performance.now();
      this.#late = now - expected > mostMs ? this.#late + 1 : 0;
      expected = now + LOOK_MS;
    }, LOOK_MS).unref();
  }

  get isBehind(): boolean {
    return this.#late >= LATE_LOOKS;
  }

  close(): void {
    clearInterval(this.#timer);
  }
}

/** Who has waited for so long, in milliseconds, is worth another lane. */
const LONG_MS = 500;

/**
 * How many tasks run at a time: some at once, and one more for each that has waited for long, up to a limit; some again when nobody waits. So
 * what is short never waits for all that is long, and what is short all along gets no more threads than it can use.
 */
export class Lanes {
  readonly #some: number;
  readonly #most: number;
  #open: number;
  #busy = 0;
  /** In the order in which they came. */
  readonly #waiting = new Set<() => void>();

  constructor(some: number, most: number) {
    this.#some = some;
    this.#most = most;
    this.#open = some;
  }

  /** How many wait. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Resolves when it is the caller's turn. @returns what to call when the task is done. @throws the signal's reason, once it is aborted */
  async take(signal: AbortSignal): Promise<() => void> {
    if (this.#busy < this.#open) this.#busy += 1;
    else await this.#turn(signal);
    return () => this.#leave();
  }

  #turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', giveUp);
        this.#waiting.delete(begin);
      };
      const begin = () => {
        end();
        resolve();
      };
      const giveUp = () => {
        end();
        reject(signal.reason);
      };
      const timer = setTimeout(() => this.#openAnother(), LONG_MS);
      signal.addEventListener('abort', giveUp);
      this.#waiting.add(begin);
      if (signal.aborted) giveUp();
    });
  }

  #openAnother(): void {
    if (this.#open >= this.#most) return;
    this.#open += 1;
    this.#busy += 1;
    this.#beginNext();
  }

  #leave(): void {
    if (this.#beginNext()) return;
    this.#busy -= 1;
    this.#open = Math.max(this.#some, this.#busy);
  }

  /** The one that has waited longest takes a place that is counted already. */
  #beginNext(): boolean {
    const [begin] = this.#waiting;
    begin?.();
    return begin !== undefined;
  }
}

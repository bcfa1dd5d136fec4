import { BusyError } from '../http-errors.ts';

export interface PlacesOptions {
  /** How many there are. */
  readonly count: number;
  /** What takes one, in words: large requests. */
  readonly what: string;
  /** What is said where all are taken, and after how many seconds there may be one again. @default that of BusyError */
  readonly full?: { readonly message: string; readonly retryAfter: number };
}

/**
 * Places of which nobody takes all: a client gets another as long as it holds fewer than are free (a dynamic threshold). So one alone holds half,
 * the next one a quarter, and there is one for whoever comes then, however slowly those before send, or take their answers.
 */
export class Places {
  readonly #options: PlacesOptions;
  readonly #held = new Map<string, number>();
  #taken = 0;

  constructor(options: PlacesOptions) {
    this.#options = options;
  }

  /**
   * Takes a place.
   *
   * @param client who asks
   * @param elsewhere how many of the places something else takes
   * @returns what gives it back, once
   * @throws BusyError where none is free, or the client has its share
   */
  take(client: string, elsewhere = 0): () => void {
    const { count, what, full } = this.#options;
    const free = count - this.#taken - elsewhere;
    if (free <= 0) throw new BusyError(full?.message, full);
    const held = this.#held.get(client) ?? 0;
    if (held >= free)
      throw new BusyError(
        `This client has ${held} ${what} on their way already; the places that are left are for others. Try again once one of them is answered.`,
        full,
      );
    this.#held.set(client, held + 1);
    this.#taken += 1;
    return () => this.#leave(client);
  }

  #leave(client: string): void {
    const held = (this.#held.get(client) ?? 0) - 1;
    if (held > 0) this.#held.set(client, held);
    else this.#held.delete(client);
    this.#taken -= 1;
  }
}

import { BusyError } from '../http-errors.ts';

/** So many wait at most; more are sent away. */
const MOST_WAITING = 128;

/**
 * One piece of work in each turn of the event loop. Requests that arrive together are read in one turn: twenty pages of a few milliseconds
 * would hold up whoever comes next, health checks too, for as long as all of them take.
 */
export class Turns {
  #last: Promise<void> = Promise.resolve();
  #waiting = 0;

  /** Resolves when it is the caller's turn, in the order of the calls. @throws BusyError where too many wait already */
  async next(): Promise<void> {
    if (this.#waiting >= MOST_WAITING) throw new BusyError();
    this.#waiting += 1;
    this.#last = this.#last.then(nextTurn);
    await this.#last;
    this.#waiting -= 1;
  }
}

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

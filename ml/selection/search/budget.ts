/** What is kept of a budget for what comes after the search, before anything is known of it: a share, within limits, in seconds. */
const RESERVED = 0.15;
const LEAST_RESERVED = 0.5;
/** The same once something is known of it. */
const LEAST_SHARE = 0.06;
const MOST_AT_LEAST = 6;
const MOST_RESERVED = 20;
/** However long what comes after it takes, a search has this share of a budget. */
const LEAST_SEARCHED = 0.65;
/** How often the end of a search is looked for: what is kept changes with what is found. */
const LOOKED_MS = 100;

/** The time that a training may take. Its search ends in time for what comes after it. */
export class Budget {
  readonly seconds: number;
  readonly #start: number;
  readonly #now: () => number;
  #reserved: number;

  /**
   * @param start when the training began, by `now`
   * @param now in milliseconds
   */
  constructor(seconds: number, start = performance.now(), now = () => performance.now()) {
    this.seconds = seconds;
    this.#start = start;
    this.#now = now;
    this.#reserved = Math.min(MOST_RESERVED, Math.max(LEAST_RESERVED, RESERVED * seconds));
  }

  /** Since the training began. */
  get secondsSpent(): number {
    return (this.#now() - this.#start) / 1000;
  }

  /** What is left for a plan, in tenths of the whole: reading the data a little slower changes no plan. */
  get secondsToPlan(): number {
    const spent = Math.floor((10 * this.secondsSpent) / this.seconds) / 10;
    return this.seconds * Math.max(0.1, 1 - spent);
  }

  /** What a search has left; below 0 once that is over. */
  get secondsLeft(): number {
    return this.seconds - this.#reserved - this.secondsSpent;
  }

  /** Keeps so many seconds for what comes after the search. */
  reserve(seconds: number): void {
    const least = Math.min(MOST_AT_LEAST, LEAST_SHARE * this.seconds);
    this.#reserved = Math.min((1 - LEAST_SEARCHED) * this.seconds, Math.max(LEAST_RESERVED, least, seconds));
  }

  /** Aborted when a search has no time left. */
  signal(): AbortSignal {
    const end = new AbortController();
    const look = () => {
      const left = this.secondsLeft * 1000;
      if (left <= 0) end.abort(new DOMException('The budget is spent.', 'TimeoutError'));
      else setTimeout(look, Math.min(left, LOOKED_MS)).unref();
    };
    look();
    return end.signal;
  }
}

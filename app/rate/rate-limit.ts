import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { RetryError } from '../http-errors.ts';

const SECONDS = 60;

/** How often one client may ask. */
export class RateLimit {
  readonly #limiter: RateLimiterMemory;
  readonly #perMinute: number;

  /** @param perMinute how many requests of one client are answered within a minute */
  constructor(perMinute: number) {
    this.#perMinute = perMinute;
    this.#limiter = new RateLimiterMemory({ points: perMinute, duration: SECONDS });
  }

  /** Counts a request. @param client whose it is. @throws RetryError where there were too many */
  async count(client: string): Promise<void> {
    try {
      await this.#limiter.consume(client);
    } catch (cause) {
      if (!(cause instanceof RateLimiterRes)) throw cause;
      const retryAfter = Math.max(1, Math.ceil(cause.msBeforeNext / 1000));
      const message = `More than ${this.#perMinute} requests within a minute. Try again in ${retryAfter} s.`;
      throw new RetryError(message, { problem: 'too-many-requests', retryAfter, cause });
    }
  }
}

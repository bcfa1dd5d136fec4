import { createHash, randomBytes } from 'node:crypto';

/** How long somebody stays signed in, in seconds: a day's work. */
export const SESSION_SECONDS = 12 * 3600;
/** More sessions end the oldest, so that nobody fills the memory by signing in. */
const MOST_SESSIONS = 10_000;
const TOKEN_BYTES = 32;

interface Session {
  readonly keyId: string;
  /** When it ends, in milliseconds since 1970. */
  readonly end: number;
}

/** Who has signed in, by random tokens of which only hashes are kept: in memory, so that a restart asks again. */
export class Sessions {
  /** By the hash of the token, the oldest first. */
  readonly #sessions = new Map<string, Session>();
  readonly #now: () => number;

  /** @param now the time, in milliseconds since 1970. @default the clock */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Begins a session of whoever brought a key. @returns its token */
  begin(keyId: string): string {
    for (const [hash, { end }] of this.#sessions) {
      if (end > this.#now() && this.#sessions.size < MOST_SESSIONS) break;
      this.#sessions.delete(hash);
    }
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    this.#sessions.set(hashOf(token), { keyId, end: this.#now() + 1000 * SESSION_SECONDS });
    return token;
  }

  /** The id of the key that a session was begun with; undefined where there is none, or no more. */
  keyIdOf(token: string): string | undefined {
    const session = this.#sessions.get(hashOf(token));
    return session && session.end > this.#now() ? session.keyId : undefined;
  }

  end(token: string): void {
    this.#sessions.delete(hashOf(token));
  }
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url');

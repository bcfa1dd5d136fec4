import { unwatchFile, watchFile } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import { HttpError } from '../http-errors.ts';
import { type ApiKey, type KeyFile, keyOf } from './api-key.ts';
import { isText, readKeys } from './read-keys.ts';
import { refuseCrossOrigin } from './same-origin.ts';
import { tokenIn } from './session-cookie.ts';
import { Sessions } from './sessions.ts';

/** How often the file of keys is looked at: a key that is revoked is of use for so long. */
const LOOK_MS = 1000;

/** Who may use the service: whoever brings a key of a file, which is read again when it changes, or has signed in with one. */
export class Access {
  readonly #path: string;
  readonly #logger: Logger;
  readonly #sessions = new Sessions();
  #keys: KeyFile;

  private constructor(path: string, keys: KeyFile, logger: Logger) {
    this.#path = path;
    this.#keys = keys;
    this.#logger = logger;
    if (!isText(path)) watchFile(path, { interval: LOOK_MS, persistent: false }, () => void this.#readAgain());
  }

  /**
   * @param path of the file of keys, or its text, which stays as it is
   * @throws ConfigError where there is no such file, or it is no file of keys
   */
  static async open(path: string, logger: Logger): Promise<Access> {
    return new Access(path, await readKeys(path), logger);
  }

  /**
   * The key that a request brings: as a bearer token, as programs do, as the password of basic authentication, or by the session of
   * somebody who has signed in.
   *
   * @param isSecure whether it came over HTTPS
   * @throws HttpError where it brings none that there is, or another site makes a browser send it
   */
  keyOf(request: IncomingMessage, isSecure: boolean): ApiKey {
    const { authorization } = request.headers;
    const key = authorization === undefined ? this.signedIn(request, isSecure) : this.#sentKey(authorization);
    if (!key) throw refusal(authorization === undefined ? 'The request brings no key' : 'The key is not known here');
    refuseCrossOrigin(request);
    return key;
  }

  #sentKey(authorization: string): ApiKey | undefined {
    const [, scheme = '', given = ''] = /^(bearer|basic) +(\S+) *$/i.exec(authorization) ?? [];
    return keyOf(this.#keys, scheme.toLowerCase() === 'basic' ? passwordIn(given) : given);
  }

  /** The key of whoever has signed in; one that was revoked has no sessions. @param isSecure whether the request came over HTTPS */
  signedIn({ headers }: IncomingMessage, isSecure: boolean): ApiKey | undefined {
    const token = tokenIn(headers.cookie, isSecure);
    const id = token && this.#sessions.keyIdOf(token);
    return id ? this.#keys.keys.find((key) => key.id === id) : undefined;
  }

  /** Begins a session. @returns its token; undefined where the text is no key */
  signIn(text: string): string | undefined {
    const key = keyOf(this.#keys, text);
    return key && this.#sessions.begin(key.id);
  }

  /** Ends the session that a request brings. @param isSecure whether that came over HTTPS */
  signOut({ headers }: IncomingMessage, isSecure: boolean): void {
    const token = tokenIn(headers.cookie, isSecure);
    if (token) this.#sessions.end(token);
  }

  close(): void {
    if (!isText(this.#path)) unwatchFile(this.#path);
  }

  /** What was read last stays in force where the file cannot be read. */
  async #readAgain(): Promise<void> {
    try {
      this.#keys = await readKeys(this.#path);
      this.#logger.info({ keys: this.#keys.keys.length }, 'the keys were read again');
    } catch (error) {
      this.#logger.error({ err: error }, 'the keys cannot be read again; those before stay in force');
    }
  }
}

const refusal = (reason: string) =>
  new HttpError(`${reason}: send Authorization: Bearer KEY.`, { problem: 'unauthorized' });

function passwordIn(encoded: string): string {
  const text = Buffer.from(encoded, 'base64').toString();
  return text.slice(text.indexOf(':') + 1);
}

import { unwatchFile, watchFile } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import { HttpError } from '../http-errors.ts';
import { type ApiKey, type KeyFile, keyOf } from './api-key.ts';
import { readKeys } from './read-keys.ts';

/** How often the file of keys is looked at: a key that is revoked is of use for so long. */
const LOOK_MS = 1000;

/** Who may use the service: whoever brings a key of a file, which is read again when it changes. */
export class Access {
  readonly #path: string;
  readonly #logger: Logger;
  #keys: KeyFile;

  private constructor(path: string, keys: KeyFile, logger: Logger) {
    this.#path = path;
    this.#keys = keys;
    this.#logger = logger;
    watchFile(path, { interval: LOOK_MS, persistent: false }, () => void this.#readAgain());
  }

  /** @throws ConfigError where there is no such file, or it is no file of keys */
  static async open(path: string, logger: Logger): Promise<Access> {
    return new Access(path, await readKeys(path), logger);
  }

  /**
   * The key that a request brings: as a bearer token, as programs do, or as the password of basic authentication, which browsers ask people for.
   *
   * @throws HttpError where it brings none that there is
   */
  keyOf({ headers: { authorization = '' } }: IncomingMessage): ApiKey {
    const [, scheme = '', given = ''] = /^(bearer|basic) +(\S+) *$/i.exec(authorization) ?? [];
    const text = scheme.toLowerCase() === 'basic' ? passwordIn(given) : given;
    const key = keyOf(this.#keys, text);
    if (key) return key;
    const reason = authorization === '' ? 'The request brings no key' : 'The key is not known here';
    throw new HttpError(`${reason}: send Authorization: Bearer KEY.`, { problem: 'unauthorized' });
  }

  close(): void {
    unwatchFile(this.#path);
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

function passwordIn(encoded: string): string {
  const text = Buffer.from(encoded, 'base64').toString();
  return text.slice(text.indexOf(':') + 1);
}

import type { IncomingMessage } from 'node:http';
import type { Access } from './access/access.ts';
import { clientOf, noteKey } from './access/caller.ts';
import { cameByHttps, clientAddress, type TrustsProxy } from './client-address.ts';
import type { SignInOptions } from './pages/sign-in/routes.ts';
import type { RateLimit } from './rate/rate-limit.ts';

export interface GateOptions {
  /** Who may ask. @default everybody */
  readonly access?: Access | undefined;
  /** How often a client may bring what is no key to the page that asks for one. @default as often as they like */
  readonly attempts?: RateLimit | undefined;
  /** How often. @default as often as they like */
  readonly rate?: RateLimit | undefined;
  readonly trustsProxy: TrustsProxy;
}

/** What a request passes before anything is done for it. */
export class Gate {
  readonly #options: GateOptions;

  constructor(options: GateOptions) {
    this.#options = options;
  }

  /** What the page needs that asks people for a key; undefined where nobody is asked. */
  get signIn(): SignInOptions | undefined {
    const { access, attempts, trustsProxy } = this.#options;
    return access && { access, attempts, trustsProxy };
  }

  /** Who brings a key is counted by that, everybody else by address: so nobody tries keys without end. @throws HttpError */
  async pass(request: IncomingMessage): Promise<void> {
    const { access, rate, trustsProxy } = this.#options;
    try {
      const key = access?.keyOf(request, cameByHttps(request, trustsProxy));
      if (key) noteKey(request, key.id);
    } catch (error) {
      await rate?.count(clientAddress(request, trustsProxy));
      throw error;
    }
    await rate?.count(clientOf(request, trustsProxy));
  }
}

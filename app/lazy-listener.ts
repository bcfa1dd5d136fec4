import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

/** A listener that is made when the first request for it comes, and keeps that waiting meanwhile. */
export class LazyListener {
  readonly #make: () => Promise<RequestListener>;
  readonly #onError: (error: unknown, request: IncomingMessage, response: ServerResponse) => void;
  #making: Promise<RequestListener> | undefined;
  #made: RequestListener | undefined;

  /** @param onError answers what comes while it cannot be made */
  constructor(
    make: () => Promise<RequestListener>,
    onError: (error: unknown, request: IncomingMessage, response: ServerResponse) => void,
  ) {
    this.#make = make;
    this.#onError = onError;
  }

  /** Takes a request. */
  readonly listener = (request: IncomingMessage, response: ServerResponse): void => {
    if (this.#made) this.#made(request, response);
    else
      this.load().then(
        (made) => made(request, response),
        (error) => this.#onError(error, request, response),
      );
  };

  /** Makes it where it is not made yet; it is tried again where that failed. */
  async load(): Promise<RequestListener> {
    this.#making ??= this.#make();
    try {
      this.#made = await this.#making;
      return this.#made;
    } catch (error) {
      this.#making = undefined;
      throw error;
    }
  }
}

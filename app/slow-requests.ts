import type { IncomingMessage, ServerResponse } from 'node:http';

/** Files may take longer: who receives them minds how fast they come. */
const OF_FILES = /^\/(?:api\/(?:v1\/)?)?batch(?:\?|$)/;
/** What says that it is so short holds nothing while it comes. */
const SHORT_BYTES = 16 * 1024;
const LOOKS = 10;

/** Ends requests whose body has not come after so long, for Node has one such time for all of a server, and files take longer. */
export class SlowRequests {
  readonly #open = new Map<IncomingMessage, { readonly since: number; readonly response: ServerResponse }>();
  readonly #timer: NodeJS.Timeout;

  /** @param ms how long a body may take, in milliseconds */
  constructor(ms: number) {
    this.#timer = setInterval(() => this.#end(performance.now() - ms), ms / LOOKS).unref();
  }

  /** Looks after a request from now on. */
  readonly listener = (request: IncomingMessage, response: ServerResponse): void => {
    const { method, headers, url = '' } = request;
    const length = headers['content-length'];
    const hasBody = length === undefined ? headers['transfer-encoding'] !== undefined : Number(length) > SHORT_BYTES;
    if (!hasBody || (method === 'POST' && OF_FILES.test(url))) return;
    this.#open.set(request, { since: performance.now(), response });
    const leave = () => this.#open.delete(request);
    request.once('end', leave);
    response.once('close', leave);
  };

  close(): void {
    clearInterval(this.#timer);
  }

  #end(before: number): void {
    for (const [request, { since, response }] of this.#open) {
      if (since > before) continue;
      this.#open.delete(request);
      if (response.headersSent) response.destroy();
      else response.writeHead(408, { Connection: 'close' }).end(() => request.destroy());
    }
  }
}

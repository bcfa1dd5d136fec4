import type { IncomingMessage, ServerResponse } from 'node:http';
import { UnderWay } from './under-way.ts';

/** Files may take longer: who receives them minds how fast they come. */
const OF_FILES = /^\/(?:api\/(?:v1\/)?)?batch(?:\?|$)/;
/** What says that it is so short holds nothing while it comes. */
const SHORT_BYTES = 16 * 1024;
const LOOKS = 10;

/** As long as a body may take, so long may the answer be worked at, and after that so long be taken. */
const ANSWER_TIMES = 2;

interface Open {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** When it ends. */
  end: number;
}

/**
 * Ends requests whose body has not come after so long, or whose answer is not taken: those hold what others wait for. Node has one such time for
 * all of a server, and files take longer.
 */
export class SlowRequests {
  readonly #open = new UnderWay<Open>();
  readonly #ms: number;
  readonly #timer: NodeJS.Timeout;

  /** @param ms how long a body may take, in milliseconds */
  constructor(ms: number) {
    this.#ms = ms;
    this.#timer = setInterval(() => this.#end(performance.now()), ms / LOOKS).unref();
  }

  /** Looks after a request from now on. */
  readonly listener = (request: IncomingMessage, response: ServerResponse): void => {
    const { method, headers, url = '' } = request;
    const length = headers['content-length'];
    const hasBody = length === undefined ? headers['transfer-encoding'] !== undefined : Number(length) > SHORT_BYTES;
    if (!hasBody || (method === 'POST' && OF_FILES.test(url))) return;
    const open: Open = { request, response, end: performance.now() + this.#ms };
    this.#open.add(open);
    request.once('end', () => {
      open.end = performance.now() + ANSWER_TIMES * this.#ms;
    });
    response.once('close', () => this.#open.delete(open));
  };

  close(): void {
    clearInterval(this.#timer);
  }

  #end(now: number): void {
    for (const open of this.#open) {
      const { request, response, end } = open;
      if (end > now) continue;
      this.#open.delete(open);
      if (response.headersSent || request.complete) response.destroy();
      else response.writeHead(408, { Connection: 'close' }).end(() => request.destroy());
    }
  }
}

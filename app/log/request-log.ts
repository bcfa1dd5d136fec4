import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { isHealthPath } from '../health.ts';
import type { Meter } from '../metrics/meter.ts';
import { REQUEST_ID } from './request-id.ts';
import { routeTemplate } from './route-template.ts';
import { traceparentOf } from './traceparent.ts';

/**
 * A line for each request once it has been answered: which route it came to, never its path, its query, its body or who asked. The
 * id stands in the answer's headers too. Health checks are logged at the level debug, everything else at info.
 */
export class RequestLog {
  readonly #logger: Logger;
  readonly #meter: Meter;

  constructor(logger: Logger, meter: Meter) {
    this.#logger = logger;
    this.#meter = meter;
  }

  /**
   * Follows a request from its arrival on.
   *
   * @param route its template, where that is known already
   * @returns what to call once its answer has closed
   */
  follow(request: IncomingMessage, response: ServerResponse, route?: string): () => void {
    const start = performance.now();
    const { socket, method, headers } = request;
    const sentBefore = socket.bytesWritten;
    const id = randomUUID();
    response.setHeader(REQUEST_ID, id);
    this.#meter.requestBegan();
    return () => {
      const ms = performance.now() - start;
      const template = route ?? routeTemplate(request);
      const status = response.statusCode;
      this.#meter.requestEnded(template, status, ms / 1000);
      // Proxies and containers ask every second, which would hide everything else.
      const level = isHealthPath(template) ? 'debug' : 'info';
      if (!this.#logger.isLevelEnabled(level)) return;
      const traceparent = traceparentOf(headers.traceparent);
      this.#logger[level](
        {
          id,
          traceparent,
          method,
          route: template,
          status,
          ms: Math.round(ms * 100) / 100,
          bytes: socket.bytesWritten - sentBefore,
          // The client left before the answer was complete.
          gone: response.writableFinished ? undefined : true,
        },
        'request',
      );
    };
  }
}

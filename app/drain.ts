import type { Server, ServerResponse } from 'node:http';
import { UnderWay } from './under-way.ts';

interface DrainOptions {
  /** How long to serve on after SIGTERM: until whoever sends requests has seen that they are to go elsewhere. */
  readonly seconds: number;
  /** How long requests that have come by then may still take. */
  readonly finishSeconds: number;
  /** Told at once. From then on every answer is to close its connection. */
  readonly onDrain: () => void;
}

/**
 * On SIGTERM: `onDrain` at once, the server serves on for `seconds`, then takes no connection any more, ends those on which nothing is
 * asked, and the process ends by itself once the last request has its answer, or after `finishSeconds`. A second SIGTERM, or SIGINT
 * (Ctrl-C), closes at once.
 */
export function drainOnSignals(server: Server, { seconds, finishSeconds, onDrain }: DrainOptions): void {
  const answers = new UnderWay<ServerResponse>();
  let draining = false;
  let closing = false;
  // One function for all of them: one for each would be made, and kept, at each request.
  function forget(this: ServerResponse): void {
    answers.delete(this);
    // Its head may have said before the drain that the connection is kept.
    if (closing) server.closeIdleConnections();
  }
  server.on('request', (_, response: ServerResponse) => {
    answers.add(response);
    response.on('close', forget);
  });
  const closeNow = () => {
    server.close();
    server.closeAllConnections();
  };
  const close = () => {
    closing = true;
    server.close();
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), finishSeconds * 1000).unref();
  };
  let timer: NodeJS.Timeout | undefined;
  process.on('SIGTERM', () => {
    if (draining) {
      clearTimeout(timer);
      closeNow();
      return;
    }
    draining = true;
    for (const answer of answers) if (!answer.headersSent) answer.setHeader('Connection', 'close');
    onDrain();
    timer = setTimeout(close, seconds * 1000);
  });
  process.on('SIGINT', () => {
    clearTimeout(timer);
    closeNow();
  });
}

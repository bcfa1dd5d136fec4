import type { ServerResponse } from 'node:http';

/** Aborts once the client has gone, so that what nobody waits for is not computed. */
export function goneSignal(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => controller.abort());
  return controller.signal;
}

import type { IncomingMessage } from 'node:http';

/** So long, and so much, an answered client may go on sending: until it has heard the answer. */
const LINGER_MS = 5000;
const LINGER_BYTES = 8 * 1024 * 1024;

/**
 * Ends a request that was answered before all of it has come, soon: Node would read what nobody wants for as long as a file may take. It is read
 * off for a moment, since a client whose connection is cut while it sends does not hear the answer.
 */
export function endUnread(request: IncomingMessage): void {
  if (request.destroyed) return;
  let left = LINGER_BYTES;
  const end = () => void request.destroy();
  const timer = setTimeout(end, LINGER_MS).unref();
  request.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) end();
  });
  request.once('close', () => clearTimeout(timer)).resume();
}

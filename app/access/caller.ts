import type { IncomingMessage } from 'node:http';

const keys = new WeakMap<IncomingMessage, string>();

/** Notes by which key a request was let in. */
export function noteKey(request: IncomingMessage, id: string): void {
  keys.set(request, id);
}

/** The id of the key by which a request was let in; undefined where none was asked for. */
export const keyIdOf = (request: IncomingMessage): string | undefined => keys.get(request);

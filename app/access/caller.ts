import type { IncomingMessage } from 'node:http';
import { clientAddress, type TrustsProxy } from '../client-address.ts';

const keys = new WeakMap<IncomingMessage, string>();

/** Notes by which key a request was let in. */
export function noteKey(request: IncomingMessage, id: string): void {
  keys.set(request, id);
}

/** The id of the key by which a request was let in; undefined where none was asked for. */
export const keyIdOf = (request: IncomingMessage): string | undefined => keys.get(request);

/** Tells whose a request is. */
export type ClientOf = (request: IncomingMessage) => string;

/** Whose a request is: that of the key by which it was let in, or else of the address that it comes from. */
export const clientOf = (request: IncomingMessage, trusts: TrustsProxy): string =>
  keyIdOf(request) ?? clientAddress(request, trusts);

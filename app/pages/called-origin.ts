import type { Request } from 'express';

/** A host as it may stand in a page, in code that is copied from there. */
const HOST = /^(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d+)?$/i;

/** Where the service is, as whoever asks for a page calls it, who may write anything into the headers that say so: without a slash at the end. */
export function calledOrigin(request: Request): string {
  const host = request.get('host') ?? '';
  return `${request.secure ? 'https' : 'http'}://${HOST.test(host) ? host : 'localhost'}`;
}

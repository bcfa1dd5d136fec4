import type { IncomingMessage } from 'node:http';
import { HttpError } from '../http-errors.ts';

const SAFE: ReadonlySet<string | undefined> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses what another site makes a browser send, where that changes something. A cookie does not say who asked for it, since other ports
 * and subdomains count as the same site, and neither does a password that the browser keeps: only a bearer token is added by hand.
 *
 * Source: Go 1.25, net/http CrossOriginProtection.
 *
 * @throws HttpError where the request comes from another origin
 */
export function refuseCrossOrigin({ method, headers }: IncomingMessage): void {
  const { origin, host, authorization = '' } = headers;
  if (SAFE.has(method) || /^bearer /i.test(authorization)) return;
  const site = headers['sec-fetch-site'];
  // Browsers tell the site over HTTPS and to this machine alone, the origin of a POST always; programs tell neither.
  const isOwn =
    site !== undefined ? site === 'same-origin' || site === 'none' : origin === undefined || hostOf(origin) === host;
  if (!isOwn)
    throw new HttpError('The request comes from a page of another site.', { problem: 'cross-origin-request' });
}

const hostOf = (origin: string) => origin.replace(/^https?:\/\//i, '');

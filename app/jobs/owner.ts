import { createHash, randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import { keyIdOf } from '../access/caller.ts';

/** Over HTTPS its name keeps other hosts of the domain from setting it, who would then see what is sent. */
const nameOf = (isSecure: boolean) => (isSecure ? '__Host-plumbline_batches' : 'plumbline_batches');
const TOKEN_BYTES = 32;
const DAY_MS = 86_400_000;
const TOKEN = /^[\w-]{43}$/;

/**
 * Whose batches a request may see: those of its key, where the service asks for one, or those of its browser, which has a cookie that nobody
 * guesses. Null of a program that has neither: its batches are for whoever knows their ids.
 */
export function ownerOf(request: Request): string | null {
  const key = keyIdOf(request);
  if (key !== undefined) return `key ${key}`;
  const token = tokenOf(request);
  return token === undefined ? null : `browser ${createHash('sha256').update(token).digest('hex')}`;
}

/** Gives a browser that has none its cookie, which scripts do not see, and other sites do not send. */
export function rememberBrowser(request: Request, response: Response): void {
  if (keyIdOf(request) !== undefined) return;
  const token = tokenOf(request) ?? randomBytes(TOKEN_BYTES).toString('base64url');
  response.cookie(nameOf(request.secure), token, {
    httpOnly: true,
    sameSite: 'lax',
    secure: request.secure,
    path: '/',
    maxAge: DAY_MS,
  });
}

function tokenOf({ headers: { cookie = '' }, secure }: Request): string | undefined {
  for (const pair of cookie.split(';')) {
    const [name, value = ''] = pair.trim().split('=');
    if (name === nameOf(secure) && TOKEN.test(value)) return value;
  }
  return undefined;
}

import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { keyIdOf } from '../access/caller.ts';

const COOKIE = 'plumbline_batches';
const TOKEN = /^[\w-]{43}$/;

/**
 * Whose batches a request may see: those of its key, where the service asks for one, or those of its browser, which has a cookie that nobody
 * guesses. Null of a program that has neither: its batches are for whoever knows their ids.
 */
export function ownerOf(request: IncomingMessage): string | null {
  const key = keyIdOf(request);
  if (key !== undefined) return `key ${key}`;
  const token = tokenOf(request);
  return token === undefined ? null : `browser ${createHash('sha256').update(token).digest('hex')}`;
}

function tokenOf({ headers: { cookie = '' } }: IncomingMessage): string | undefined {
  for (const pair of cookie.split(';')) {
    const [name, value = ''] = pair.trim().split('=');
    if (name === COOKIE && TOKEN.test(value)) return value;
  }
  return undefined;
}

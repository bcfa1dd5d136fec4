// The cookie that holds the token of a session. Over HTTPS its name keeps other hosts of the domain from setting it.

import { SESSION_SECONDS } from './sessions.ts';

const NAME = 'plumbline-session';
const nameOf = (isSecure: boolean) => (isSecure ? `__Host-${NAME}` : NAME);
const COOKIE = new RegExp(`(?:^|; *)(__Host-)?${NAME}=([\\w-]+)(?=$|;)`, 'g');

/** The token that a request brings; of two that over HTTPS. */
export function tokenIn(cookies: string | undefined): string | undefined {
  if (cookies === undefined) return undefined;
  const found = [...cookies.matchAll(COOKIE)];
  return (found.find(([, prefix]) => prefix) ?? found[0])?.[2];
}

/** What sets the cookie: no script reads it, and no other site sends it. @param isSecure whether it is set over HTTPS */
export function cookieWith(token: string, isSecure: boolean): string {
  return `${nameOf(isSecure)}=${token}; Max-Age=${SESSION_SECONDS}; ${attributes(isSecure)}`;
}

/** What takes it away. */
export function cookieWithout(isSecure: boolean): string {
  return `${nameOf(isSecure)}=; Max-Age=0; ${attributes(isSecure)}`;
}

const attributes = (isSecure: boolean) => `Path=/; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}`;

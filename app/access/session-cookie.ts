// The cookie that holds the token of a session. Over HTTPS its name keeps other hosts of the domain from setting it.

import { SESSION_SECONDS } from './sessions.ts';

const NAME = 'plumbline-session';
const nameOf = (isSecure: boolean) => (isSecure ? `__Host-${NAME}` : NAME);
const cookieNamed = (name: string) => new RegExp(`(?:^|; *)${name}=([\\w-]+)(?=$|;)`);
const [CLEAR, SECURE] = [cookieNamed(nameOf(false)), cookieNamed(nameOf(true))];

/** The token that a request brings. @param isSecure whether it came over HTTPS, where a cookie of the other name is anybody's */
export function tokenIn(cookies: string | undefined, isSecure: boolean): string | undefined {
  return (isSecure ? SECURE : CLEAR).exec(cookies ?? '')?.[1];
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

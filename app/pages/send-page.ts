import type { Response } from 'express';
import { signOutForm } from './views.ts';

/** Where a page, which is drawn for everybody, has what is for whoever has signed in alone. */
const PLACE = '<!--session-->';

/** Sends a page. Whoever has signed in finds a way out at the top. */
export function sendPage(response: Response, html: string): void {
  const { visitor } = response.locals;
  response.send(typeof visitor === 'string' ? html.replace(PLACE, () => signOutForm({ name: visitor })) : html);
}

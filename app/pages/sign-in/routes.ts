import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { Access } from '../../access/access.ts';
import { refuseCrossOrigin } from '../../access/same-origin.ts';
import { cookieWith, cookieWithout } from '../../access/session-cookie.ts';
import { onlyMethods } from '../../answer-errors.ts';
import { SHORT_BODY } from '../../api/read-body.ts';
import { clientAddress, type TrustsProxy } from '../../client-address.ts';
import type { RateLimit } from '../../rate/rate-limit.ts';
import { sendPage } from '../send-page.ts';
import { sentForm } from '../sent-form.ts';
import { renderSignIn } from '../views.ts';
import { localPath } from './local-path.ts';
import type { SignInPage } from './page.ts';

export interface SignInOptions {
  readonly access: Access;
  /** How often a client may bring what is no key. @default as often as they like */
  readonly attempts: RateLimit | undefined;
  readonly trustsProxy: TrustsProxy;
}

/** Tells all pages who has signed in. */
export function rememberVisitor({ access }: SignInOptions): RequestHandler {
  return (request, response, next) => {
    response.locals.visitor = access.signedIn(request, request.secure)?.name;
    next();
  };
}

/** `GET /sign-in`: asks for a key. `POST /sign-in`: begins a session. `POST /sign-out` ends it. */
export function signInRoutes({ access, attempts, trustsProxy }: SignInOptions): Router {
  const send = (request: Request, response: Response, page: Pick<SignInPage, 'to' | 'error'>) => {
    const name = access.signedIn(request, request.secure)?.name;
    sendPage(response, renderSignIn({ ...page, isClear: !request.secure, name }));
  };
  return Router()
    .get('/sign-in', (request, response) => {
      send(request, response, { to: localPath(request.query.to), error: undefined });
    })
    .post('/sign-in', async (request, response) => {
      refuseCrossOrigin(request);
      const sent = new URLSearchParams(await sentForm(request, SHORT_BODY));
      const to = localPath(sent.get('to'));
      const token = access.signIn(sent.get('key')?.trim() ?? '');
      if (token === undefined) {
        await attempts?.count(clientAddress(request, trustsProxy));
        response.status(401).set('WWW-Authenticate', 'Bearer realm="Plumbline"');
        send(request, response, { to, error: 'This is no key that is known here, or it was revoked.' });
        return;
      }
      access.signOut(request, request.secure);
      response.set('Set-Cookie', cookieWith(token, request.secure)).redirect(303, to);
    })
    .post('/sign-out', (request, response) => {
      refuseCrossOrigin(request);
      access.signOut(request, request.secure);
      response.set('Set-Cookie', cookieWithout(request.secure)).redirect(303, '/sign-in');
    })
    .all('/sign-in', onlyMethods('GET', 'POST'))
    .all('/sign-out', onlyMethods('POST'));
}

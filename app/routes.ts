import compression from 'compression';
import express, { type Express } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { refuseNotFinite } from '../ml/serving.ts';
import type { ClientOf } from './access/caller.ts';
import { answerErrors } from './answer-errors.ts';
import { openApiRoutes } from './api/openapi/routes.ts';
import { apiRoutes } from './api/routes.ts';
import type { Jobs } from './jobs/jobs.ts';
import { apiPageRoutes } from './pages/api/routes.ts';
import { sendErrorPage } from './pages/error-page.ts';
import { pageRoutes } from './pages/routes.ts';
import { rememberVisitor, type SignInOptions } from './pages/sign-in/routes.ts';
import type { Predictions } from './predictions/predictions.ts';
import { problemRoutes } from './problems/routes.ts';

export interface RoutesOptions {
  readonly predictions: Predictions;
  readonly logger: Logger;
  /** Whose word counts of who asks, and by which scheme: as Express takes it. */
  readonly proxies: string;
  readonly clientOf: ClientOf;
  /** Files that are predicted. @default none are taken */
  readonly jobs: Jobs | undefined;
  /** What asks people for a key. @default nobody is asked */
  readonly signIn: SignInOptions | undefined;
}

/** All that is answered of a release, but for health checks and predictions by the API, which stand before this. */
export function routesOf(options: RoutesOptions): Express {
  const { predictions, logger, proxies, clientOf, jobs, signIn } = options;
  const app = express();
  app.disable('x-powered-by');
  // Should handling an error fail itself, Express answers, and by default with a stack trace.
  app.set('env', 'production');
  app.set('json replacer', refuseNotFinite);
  app.set('trust proxy', proxies);
  // A tag of a long answer would take its time; the assets have tags of their own.
  app.set('etag', false);
  app.use(securityHeaders());
  app.use(compression());
  if (signIn) app.use(rememberVisitor(signIn));
  app.use(apiPageRoutes(predictions, logger, { hasKeys: signIn !== undefined }));
  app.use(['/api/v1', '/api'], apiRoutes(options));
  app.use('/problems', problemRoutes(logger));
  app.use(openApiRoutes(predictions, logger));
  app.use(pageRoutes(predictions, logger, { clientOf, jobs, signIn }));
  // What no router has answered, Express would write to the standard error, with what was sent.
  app.use(answerErrors(logger, sendErrorPage));
  return app;
}

function securityHeaders() {
  return helmet({
    contentSecurityPolicy: {
      // Without upgrade-insecure-requests: a server without a domain speaks plain HTTP.
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // Scripts ask this server, and nobody else.
        connectSrc: ["'self'"],
        // Pico draws its form controls with data: images.
        imgSrc: ["'self'", 'data:'],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    // Of this host only: its user may have others in the same domain.
    strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: false },
    xFrameOptions: { action: 'deny' },
    // No other site hears whence somebody comes; with no referrer at all browsers send forms without their origin, which is looked at.
    referrerPolicy: { policy: 'same-origin' },
  });
}

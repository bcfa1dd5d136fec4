import compression from 'compression';
import express, { type Express } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { refuseNotFinite } from '../ml/index.ts';
import { apiRoutes } from './api/routes.ts';
import { healthRoutes, type Readiness } from './health.ts';
import { pageRoutes } from './pages/routes.ts';
import type { Predictions } from './predictions/predictions.ts';

export interface AppOptions {
  readonly predictions: Predictions;
  readonly logger: Logger;
  /** What `/readyz` says; a server that is draining keeps no connection alive. @default always ready */
  readonly readiness?: () => Readiness;
}

/** The web application: reads no environment and does not listen, so that tests drive it in-process. */
export function createApp({ predictions, logger, readiness = () => 'ready' }: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  // Should handling an error fail itself, Express answers, and by default with a stack trace.
  app.set('env', 'production');
  app.set('json replacer', refuseNotFinite);
  // Caddy on the same host says who asked, and by which scheme.
  app.set('trust proxy', 'loopback');
  // A tag of a long answer would take its time; the assets have tags of their own.
  app.set('etag', false);
  app.use(securityHeaders());
  app.use((_request, response, next) => {
    if (readiness() === 'draining') response.set('Connection', 'close');
    response.set('Cache-Control', 'no-store');
    next();
  });
  app.use(compression());
  app.use(healthRoutes(predictions.predictor, readiness));
  app.use('/api', apiRoutes(predictions, logger));
  app.use(pageRoutes(predictions, logger));
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
  });
}

import { fileURLToPath } from 'node:url';
import compression from 'compression';
import express, { type Express } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { refuseNotFinite } from '../ml/index.ts';
import { apiRoutes } from './api/routes.ts';
import { handleErrors, notFound } from './errors.ts';
import { healthRoutes, type Readiness } from './health.ts';
import { formRoutes } from './pages/form/routes.ts';
import type { Predictions } from './predictions/predictions.ts';

export interface AppOptions {
  readonly predictions: Predictions;
  readonly logger: Logger;
  /** What `/readyz` says; a server that is draining keeps no connection alive. @default always ready */
  readonly readiness?: () => Readiness;
}

const pico = fileURLToPath(import.meta.resolve('@picocss/pico/css/pico.jade.min.css'));
const publicFolder = fileURLToPath(new URL('pages/public', import.meta.url));

/** The web application: reads no environment and does not listen, so that tests drive it in-process. */
export function createApp({ predictions, logger, readiness = () => 'ready' }: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  // Should handling an error fail itself, Express answers, and by default with a stack trace.
  app.set('env', 'production');
  app.set('json replacer', refuseNotFinite);
  // Caddy on the same host says who asked, and by which scheme.
  app.set('trust proxy', 'loopback');
  // Nothing but the assets may be cached, and they have tags of their own; a tag of a long answer would take its time.
  app.set('etag', false);
  app.use(securityHeaders());
  app.use((_request, response, next) => {
    if (readiness() === 'draining') response.set('Connection', 'close');
    next();
  });
  app.use(compression());
  app.get('/assets/pico.css', (_request, response) => response.sendFile(pico, { maxAge: '1h' }));
  app.use('/assets', express.static(publicFolder, { maxAge: '1h', index: false }));
  app.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  app.use(healthRoutes(predictions.predictor, readiness));
  app.use('/api', apiRoutes(predictions));
  app.use(formRoutes(predictions));
  app.use(notFound);
  app.use(handleErrors(logger));
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

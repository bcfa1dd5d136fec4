import { Router } from 'express';
import type { Predictor } from '../ml/index.ts';

/** Whether this process wants requests, and if not, why. */
export type Readiness = 'ready' | 'standby' | 'draining';

/** `/healthz`: the process answers. `/readyz`: send requests here; 503 where it stands by or is about to stop. */
export function healthRoutes({ release }: Predictor, readiness: () => Readiness): Router {
  return Router()
    .get('/healthz', (_request, response) => {
      response.json({ status: 'ok' });
    })
    .get('/readyz', (_request, response) => {
      const status = readiness();
      response.status(status === 'ready' ? 200 : 503).json({ status, release });
    });
}

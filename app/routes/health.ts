import { Router } from 'express';
import type { Predictor } from '../../ml/index.ts';

/** `/healthz`: the process answers. `/readyz`: send requests here; 503 once the server is about to stop. */
export function healthRoutes({ release }: Predictor, isDraining: () => boolean): Router {
  return Router()
    .get('/healthz', (_request, response) => {
      response.json({ status: 'ok' });
    })
    .get('/readyz', (_request, response) => {
      if (isDraining()) response.status(503).json({ status: 'draining', release });
      else response.json({ status: 'ready', release });
    });
}

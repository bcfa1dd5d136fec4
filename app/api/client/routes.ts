import { Router } from 'express';
import type { Predictor } from '../../../ml/serving.ts';
import { writeClient } from './write-client.ts';

/** `GET /client.ts`: a client in TypeScript for the release that serves. */
export function clientRoutes(predictor: Predictor): Router {
  let text: string | undefined;
  return Router().get('/client.ts', (_request, response) => {
    text ??= writeClient(predictor);
    response.type('text/plain').send(text);
  });
}

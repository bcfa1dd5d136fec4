import { type Response, Router } from 'express';
import type { Logger } from 'pino';
import { recordSchema } from '../../ml/serving.ts';
import type { ClientOf } from '../access/caller.ts';
import { answerErrors, notFound, onlyMethods } from '../answer-errors.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { batchRoutes } from '../jobs/routes.ts';
import type { Predictions } from '../predictions/predictions.ts';
import { clientRoutes } from './client/routes.ts';
import { predictionsRoute } from './predictions-route.ts';
import { sendProblem } from './problem.ts';
import { servedModel } from './served-model.ts';

interface ApiOptions {
  readonly predictions: Predictions;
  readonly logger: Logger;
  readonly clientOf: ClientOf;
  /** Files that are predicted. @default none are taken */
  readonly jobs: Jobs | undefined;
}

/**
 * The API but for most of `POST /predictions`, which is answered before it. `GET /model` says what serves, `GET /schema` what a record is, as
 * JSON Schema, and `GET /client.ts` is a client for both; `/batch` takes files, where there are jobs. Errors are problem+json.
 */
export function apiRoutes({ predictions, logger, clientOf, jobs }: ApiOptions): Router {
  const { predictor, limits } = predictions;
  const schema = JSON.stringify(recordSchema(predictor.manifest.dataset));
  const model = JSON.stringify(servedModel(predictor, limits, predictions.since));
  const read = onlyMethods('GET');
  const router = Router();
  if (jobs) router.use(batchRoutes({ jobs, predictions, clientOf }));
  return router
    .post('/predictions', predictionsRoute(predictions, clientOf))
    .get('/schema', (_request, response: Response) => {
      response.type('application/schema+json').send(schema);
    })
    .get('/model', (_request, response: Response) => {
      response.type('json').send(model);
    })
    .use(clientRoutes(predictor))
    .all('/predictions', onlyMethods('POST'))
    .all('/schema', read)
    .all('/model', read)
    .all('/client.ts', read)
    .use(notFound)
    .use(answerErrors(logger, sendProblem));
}

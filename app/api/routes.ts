import express, { type Request, type Response, Router } from 'express';
import type { Logger } from 'pino';
import { clip, recordSchema } from '../../ml/index.ts';
import { answerErrors, notFound, onlyMethods } from '../answer-errors.ts';
import { goneSignal } from '../gone.ts';
import { HttpError } from '../http-errors.ts';
import type { Predictions } from '../predictions/predictions.ts';
import { sendProblem } from './problem.ts';

/** Of what is not understood, so much is said back. */
const MAX_GIVEN = 40;

/**
 * `POST /predictions`: a record gives a prediction, an array of records an array of predictions; with `?explain=true` each comes
 * with what it is made of and how sure it is. `GET /schema` says what a record is, as JSON Schema. Errors are problem+json.
 */
export function apiRoutes(predictions: Predictions, logger: Logger): Router {
  const { batch, explained } = predictions.limits;
  const read = express.raw({ limit: batch, type: 'json' });
  const schema = JSON.stringify(recordSchema(predictions.predictor.manifest.dataset));
  const readToExplain = express.raw({ limit: explained, type: 'json' });
  return Router()
    .post(
      '/predictions',
      (request, response: Response, next) => {
        const isExplained = explainOf(request);
        response.once('close', predictions.admit(lengthOf(request)));
        (isExplained ? readToExplain : read)(request, response, next);
      },
      async (request: Request, response: Response) => {
        if (!Buffer.isBuffer(request.body))
          throw new HttpError('Send JSON in the body, with Content-Type: application/json.', { status: 415 });
        const body = { bytes: request.body, charset: charsetOf(request) };
        const answer = await predictions.answerJson({ body, isExplained: explainOf(request) }, goneSignal(response));
        response.type('json').send(typeof answer === 'string' ? answer : Buffer.from(answer.buffer, 0, answer.length));
      },
    )
    .get('/schema', (_request, response) => {
      response.type('application/schema+json').send(schema);
    })
    .all('/predictions', onlyMethods('POST'))
    .all('/schema', onlyMethods('GET', 'HEAD'))
    .use(notFound)
    .use(answerErrors(logger, sendProblem));
}

/** Whether predictions are to be explained. @throws HttpError where the request says neither yes nor no */
function explainOf({ query: { explain = 'false' } }: Request): boolean {
  if (explain === 'true' || explain === 'false') return explain === 'true';
  const given = clip(JSON.stringify(explain), MAX_GIVEN);
  throw new HttpError(`explain is ${given}; it must be true or false: /api/predictions?explain=true.`, { status: 400 });
}

/** How long the body is; what is compressed may be much longer than it says. */
function lengthOf(request: Request): number | undefined {
  const length = request.get('Content-Length');
  return length === undefined || request.get('Content-Encoding') ? undefined : Number(length);
}

function charsetOf(request: Request): string {
  return /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(request.get('Content-Type') ?? '')?.[1] ?? 'utf-8';
}

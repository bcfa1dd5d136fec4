import express, { type Request, type Response, Router } from 'express';
import type { Logger } from 'pino';
import { answerErrors, notFound, onlyMethods } from '../answer-errors.ts';
import { goneSignal } from '../gone.ts';
import { HttpError } from '../http-errors.ts';
import type { Predictions } from '../predictions/predictions.ts';
import { sendProblem } from './problem.ts';

/** `POST /predictions`: a record gives a prediction, an array of records an array of predictions. Errors are problem+json. */
export function apiRoutes(predictions: Predictions, logger: Logger): Router {
  return Router()
    .post(
      '/predictions',
      (request, response: Response, next) => {
        response.once('close', predictions.admit(lengthOf(request)));
        next();
      },
      express.raw({ limit: predictions.limits.batch, type: 'json' }),
      async (request: Request, response: Response) => {
        if (!Buffer.isBuffer(request.body))
          throw new HttpError('Send JSON in the body, with Content-Type: application/json.', { status: 415 });
        const body = { bytes: request.body, charset: charsetOf(request) };
        const answer = await predictions.answerJson(body, goneSignal(response));
        response.type('json').send(typeof answer === 'string' ? answer : Buffer.from(answer.buffer, 0, answer.length));
      },
    )
    .all('/predictions', onlyMethods('POST'))
    .use(notFound)
    .use(answerErrors(logger, sendProblem));
}

/** How long the body is; what is compressed may be much longer than it says. */
function lengthOf(request: Request): number | undefined {
  const length = request.get('Content-Length');
  return length === undefined || request.get('Content-Encoding') ? undefined : Number(length);
}

function charsetOf(request: Request): string {
  return /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(request.get('Content-Type') ?? '')?.[1] ?? 'utf-8';
}

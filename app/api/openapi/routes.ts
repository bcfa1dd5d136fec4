import { Router } from 'express';
import type { Logger } from 'pino';
import { answerErrors, onlyMethods } from '../../answer-errors.ts';
import { sendProblem } from '../problem.ts';
import { type Described, openApi } from './openapi.ts';

const PATH = '/openapi.json';

/** `GET /openapi.json`: the API of the release that serves, in OpenAPI 3.1. */
export function openApiRoutes(described: Described, logger: Logger): Router {
  // Made for the first who asks, since a server should answer soon after its start.
  let text: string | undefined;
  return Router()
    .get(PATH, (_request, response) => {
      text ??= JSON.stringify(openApi(described));
      response.type('json').send(text);
    })
    .all(PATH, onlyMethods('GET'))
    .use(PATH, answerErrors(logger, sendProblem));
}

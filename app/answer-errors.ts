import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Logger } from 'pino';
import { clip } from '../ml/index.ts';
import { renderError } from './pages/views.ts';
import { BusyError, GoneError, HttpError, problemOf } from './problem.ts';

const MAX_PATH = 100;

export const notFound: RequestHandler = (request) => {
  throw new HttpError(`There is nothing at ${clip(request.path, MAX_PATH)}.`, { status: 404 });
};

/** Refuses every method that the route before it did not take. */
export function onlyMethods(...methods: string[]): RequestHandler {
  return (request, response) => {
    response.set('Allow', methods.join(', '));
    throw new HttpError(`${request.method} is not possible here; use ${methods.join(' or ')}.`, { status: 405 });
  };
}

/** Turns any error into an answer: problem+json from the API, a page elsewhere; never a stack trace. */
export function handleErrors(logger: Logger): ErrorRequestHandler {
  return (error, request, response, next) => {
    if (error instanceof GoneError) return;
    const problem = problemOf(error);
    const { method, path } = request;
    if (problem.status === 500) logger.error({ err: error, method, path }, 'request failed');
    else if (problem.status > 500) logger.warn({ method, path }, problem.detail);
    if (response.headersSent) return next(error);
    if (error instanceof BusyError) response.set('Retry-After', String(error.retryAfter));
    response.status(problem.status);
    if (request.path.startsWith('/api/')) response.type('application/problem+json').send(JSON.stringify(problem));
    else response.type('html').send(renderError(problem));
  };
}

// What every router does with an error, whatever it then writes: each has its own format, and ends with these two.

import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { clip } from '../ml/index.ts';
import { BusyError, GoneError, HttpError, statusOf } from './http-errors.ts';

const MAX_PATH = 100;

/** The path as it was asked for: a router knows only what comes after its own. */
const pathOf = ({ baseUrl, path }: Request) => baseUrl + path;

export const notFound: RequestHandler = (request) => {
  throw new HttpError(`There is nothing at ${clip(pathOf(request), MAX_PATH)}.`, { status: 404 });
};

/** Refuses every method that the route before it did not take. */
export function onlyMethods(...methods: string[]): RequestHandler {
  return (request, response) => {
    response.set('Allow', methods.join(', '));
    throw new HttpError(`${request.method} is not possible here; use ${methods.join(' or ')}.`, { status: 405 });
  };
}

/**
 * Turns any error of a router into an answer; never a stack trace.
 *
 * @param send writes the answer's body, and says of what type it is; the status is set
 */
export function answerErrors(logger: Logger, send: (response: Response, error: unknown) => void): ErrorRequestHandler {
  return (error, request, response, next) => {
    if (error instanceof GoneError) return;
    const { status, detail } = statusOf(error);
    const { method } = request;
    const path = pathOf(request);
    if (status === 500) logger.error({ err: error, method, path }, 'request failed');
    else if (status > 500) logger.warn({ method, path }, detail);
    if (response.headersSent) return next(error);
    if (error instanceof BusyError) response.set('Retry-After', String(error.retryAfter));
    send(response.status(status), error);
  };
}

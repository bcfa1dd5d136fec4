// What every route does with an error, whatever it then writes: each has its own format, and ends with these two.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import type { Logger } from 'pino';
import { clip } from '../ml/serving.ts';
import { GoneError, HttpError, RetryError, toldOf } from './http-errors.ts';
import { REQUEST_ID } from './log/request-id.ts';
import { routeTemplate } from './log/route-template.ts';

const MAX_PATH = 100;

/** The path as it was asked for: a router knows only what comes after its own. */
const pathOf = ({ baseUrl, path }: Request) => baseUrl + path;

export const notFound: RequestHandler = (request) => {
  throw new HttpError(`There is nothing at ${clip(pathOf(request), MAX_PATH)}.`, { problem: 'not-found' });
};

/** Refuses every method that the route before it did not take; where GET is taken, HEAD is. */
export function onlyMethods(...methods: string[]): RequestHandler {
  const allowed = methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  return (request, response) => {
    response.set('Allow', allowed.join(', '));
    throw new HttpError(`${request.method} is not possible here; use ${methods.join(' or ')}.`, {
      problem: 'method-not-allowed',
    });
  };
}

/** Writes an answer's body, and says of what type it is; the status is set. */
export type SendError = (response: ServerResponse, error: unknown) => void;

/** Turns any error into an answer; never a stack trace. False where an answer has begun, which cannot be mended. */
export type AnswerError = (error: unknown, request: IncomingMessage, response: ServerResponse) => boolean;

export function errorAnswerer(logger: Logger, send: SendError): AnswerError {
  return (error, request, response) => {
    if (error instanceof GoneError) return true;
    const { status, detail } = toldOf(error);
    if (status >= 500) {
      const told = { id: response.getHeader(REQUEST_ID), method: request.method, route: routeTemplate(request) };
      if (status === 500) logger.error({ err: error, ...told }, 'request failed');
      else logger.warn(told, detail);
    }
    if (response.headersSent) return false;
    if (error instanceof RetryError) response.setHeader('Retry-After', String(error.retryAfter));
    response.statusCode = status;
    send(response, error);
    return true;
  };
}

/** The same at the end of an Express router. */
export function answerErrors(logger: Logger, send: SendError): ErrorRequestHandler {
  const answer = errorAnswerer(logger, send);
  return (error, request, response, next) => {
    if (!answer(error, request, response)) next(error);
  };
}

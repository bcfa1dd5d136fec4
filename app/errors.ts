import { STATUS_CODES } from 'node:http';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Logger } from 'pino';
import { DataError } from '../ml/index.ts';
import { renderError } from './views.ts';

/** An error that the client made, and may read about. */
export class HttpError extends Error {
  readonly status: number;

  constructor(message: string, { status, ...options }: ErrorOptions & { status: number }) {
    super(message, options);
    this.status = status;
  }
}

/** The body of an error: RFC 9457, with an entry in `errors` for each field that is wrong; "" is the whole record. */
interface Problem {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly { readonly field: string; readonly pointer: string; readonly detail: string }[];
}

export const notFound: RequestHandler = (request) => {
  throw new HttpError(`There is nothing at ${request.path}.`, { status: 404 });
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
    const problem = problemOf(error);
    if (problem.status >= 500)
      logger.error({ err: error, method: request.method, path: request.path }, 'request failed');
    if (response.headersSent) return next(error);
    response.status(problem.status);
    if (request.path.startsWith('/api/')) response.type('application/problem+json').send(JSON.stringify(problem));
    else response.type('html').send(renderError(problem));
  };
}

function problemOf(error: unknown): Problem {
  const { status, detail } = statusOf(error);
  const problem = { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail } as const;
  if (!(error instanceof DataError)) return problem;
  const errors = error.issues.map(({ keys = [], message }) => {
    const last = keys.at(-1);
    return { field: typeof last === 'string' ? last : '', pointer: pointerTo(keys), detail: message };
  });
  return { ...problem, errors };
}

/** A JSON Pointer as a URI fragment (RFC 6901, section 6). */
function pointerTo(keys: readonly (string | number)[]): string {
  const escaped = keys.map((key) => encodeURIComponent(String(key).replaceAll('~', '~0').replaceAll('/', '~1')));
  return ['#', ...escaped].join('/');
}

const bodyErrors: Readonly<Record<string, string>> = {
  'entity.too.large': 'The body is too large.',
  'parameters.too.many': 'The body has too many fields.',
  'encoding.unsupported': 'The content encoding of the body is not supported.',
  'charset.unsupported': 'The character set of the body is not supported.',
};

function statusOf(error: unknown): { status: number; detail: string } {
  if (error instanceof DataError) return { status: 422, detail: `${error.message}.` };
  if (error instanceof HttpError) return { status: error.status, detail: error.message };
  const { status, type } = (error ?? {}) as { status?: unknown; type?: unknown };
  // body-parser and the router mark what the client did wrong by a status of their own.
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return { status, detail: bodyErrors[String(type)] ?? 'The request is not valid.' };
  }
  return { status: 500, detail: 'Something went wrong on our side.' };
}

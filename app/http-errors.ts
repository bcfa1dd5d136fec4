import { DataError, formatExact } from '../ml/index.ts';

/** An error that the client made, and may read about. */
export class HttpError extends Error {
  readonly status: number;

  constructor(message: string, { status, ...options }: ErrorOptions & { status: number }) {
    super(message, options);
    this.status = status;
  }
}

/** There is too much to do; it may be tried again after so many seconds. */
export class BusyError extends HttpError {
  readonly retryAfter = 5;

  constructor(message = 'Too much is being predicted already. Try again in a moment.', options: ErrorOptions = {}) {
    super(message, { ...options, status: 503 });
  }
}

/** The client has gone: there is nobody to answer. */
export class GoneError extends Error {}

const bodyErrors: Readonly<Record<string, (error: { limit?: unknown }) => string>> = {
  'entity.too.large': ({ limit }) =>
    `The body is too large: at most ${formatExact(Number(limit))} bytes are read here.`,
  'encoding.unsupported': () => 'The content encoding of the body is not supported.',
};

/** The status that answers an error, and what the client may read of it: of a bug, nothing. */
export function statusOf(error: unknown): { readonly status: number; readonly detail: string } {
  if (error instanceof DataError) return { status: 422, detail: `${error.message}.` };
  if (error instanceof HttpError) return { status: error.status, detail: error.message };
  const { status, type, limit } = (error ?? {}) as { status?: unknown; type?: unknown; limit?: unknown };
  // body-parser and the router mark what the client did wrong by a status of their own.
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return { status, detail: bodyErrors[String(type)]?.({ limit }) ?? 'The request is not valid.' };
  }
  return { status: 500, detail: 'Something went wrong on our side.' };
}

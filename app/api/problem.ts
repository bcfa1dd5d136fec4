import { STATUS_CODES } from 'node:http';
import { clip, DataError, formatExact, type Issue } from '../ml/index.ts';

// So many issues are told, and so many characters of JSON, so that an answer stays small whatever was sent.
const MAX_ERRORS = 100;
const MAX_ERRORS_LENGTH = 16_000;
const MAX_KEY = 80;

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

/** The body of an error: RFC 9457, with an entry in `errors` for each field that is wrong; "" is the whole record. */
export interface Problem {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly ProblemError[];
  /** How many errors there are, where `errors` holds the first of them only. */
  readonly total?: number;
}

interface ProblemError {
  readonly field: string;
  readonly pointer: string;
  readonly detail: string;
}

/** What an error says to the client: of a bug, nothing. */
export function problemOf(error: unknown): Problem {
  const { status, detail } = statusOf(error);
  const problem = { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail } as const;
  if (!(error instanceof DataError)) return problem;
  const errors: ProblemError[] = [];
  let length = 0;
  for (const issue of error.issues.slice(0, MAX_ERRORS)) {
    const entry = errorOf(issue);
    length += JSON.stringify(entry).length;
    if (length > MAX_ERRORS_LENGTH) break;
    errors.push(entry);
  }
  return errors.length === error.total ? { ...problem, errors } : { ...problem, errors, total: error.total };
}

function errorOf({ keys = [], message }: Issue): ProblemError {
  const last = keys.at(-1);
  return { field: typeof last === 'string' ? clip(last, MAX_KEY) : '', pointer: pointerTo(keys), detail: message };
}

/** A JSON Pointer as a URI fragment (RFC 6901, section 6); a key that is beyond reason is cut short. */
function pointerTo(keys: readonly (string | number)[]): string {
  const escaped = keys.map((key) => {
    // JSON may hold halves of characters, which no URI can.
    const text = clip(String(key), MAX_KEY).toWellFormed();
    return encodeURIComponent(text.replaceAll('~', '~0').replaceAll('/', '~1'));
  });
  return ['#', ...escaped].join('/');
}

const bodyErrors: Readonly<Record<string, (error: { limit?: unknown }) => string>> = {
  'entity.too.large': ({ limit }) =>
    `The body is too large: at most ${formatExact(Number(limit))} bytes are read here.`,
  'encoding.unsupported': () => 'The content encoding of the body is not supported.',
};

function statusOf(error: unknown): { status: number; detail: string } {
  if (error instanceof DataError) return { status: 422, detail: `${error.message}.` };
  if (error instanceof HttpError) return { status: error.status, detail: error.message };
  const { status, type, limit } = (error ?? {}) as { status?: unknown; type?: unknown; limit?: unknown };
  // body-parser and the router mark what the client did wrong by a status of their own.
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return { status, detail: bodyErrors[String(type)]?.({ limit }) ?? 'The request is not valid.' };
  }
  return { status: 500, detail: 'Something went wrong on our side.' };
}

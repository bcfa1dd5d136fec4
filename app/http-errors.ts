import { DataError, formatExact } from '../ml/serving.ts';
import { type ProblemName, problemTypes } from './problems/problem-types.ts';

/** An error that the client made, and may read about. */
export class HttpError extends Error {
  /** Of which kind it is, which says its status too. */
  readonly problem: ProblemName;

  constructor(message: string, { problem, ...options }: ErrorOptions & { problem: ProblemName }) {
    super(message, options);
    this.problem = problem;
  }
}

/** It may be tried again after so many seconds. */
export class RetryError extends HttpError {
  readonly retryAfter: number;

  constructor(
    message: string,
    { retryAfter, ...options }: ErrorOptions & { problem: ProblemName; retryAfter: number },
  ) {
    super(message, options);
    this.retryAfter = retryAfter;
  }
}

/** There is too much to do. */
export class BusyError extends RetryError {
  constructor(
    message = 'Too much is being predicted already. Try again in a moment.',
    { retryAfter = 5, ...options }: ErrorOptions & { retryAfter?: number } = {},
  ) {
    super(message, { ...options, problem: 'overloaded', retryAfter });
  }
}

/** The client has gone: there is nobody to answer. */
export class GoneError extends Error {}

/** What the client may read of an error. */
export interface Told {
  readonly problem: ProblemName;
  readonly status: number;
  readonly detail: string;
}

/** What the client may read of an error: of a bug, nothing. */
export function toldOf(error: unknown): Told {
  const told = (problem: ProblemName, detail: string): Told => ({
    problem,
    status: problemTypes[problem].status,
    detail,
  });
  if (error instanceof DataError) return told('invalid-record', `${error.message}.`);
  if (error instanceof HttpError) return told(error.problem, error.message);
  const { status } = (error ?? {}) as { status?: unknown };
  // What is sent as a file may have gone, be another by now, or be shorter.
  if (status === 404) return told('not-found', 'The file is not there any more.');
  if (status === 412) return told('precondition-failed', 'The file is another than the request expects.');
  if (status === 416) return told('range-not-satisfiable', 'The file has fewer bytes than the request asks for.');
  // The router marks what the client did wrong by a status of its own.
  if (typeof status === 'number' && status >= 400 && status < 500)
    return told('invalid-request', 'The request is not valid.');
  return told('internal-error', 'Something went wrong on our side.');
}

/** @param limit in bytes */
export const tooLarge = (limit: number) => `The body is too large: at most ${formatExact(limit)} bytes are read here.`;

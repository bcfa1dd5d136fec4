import { STATUS_CODES } from 'node:http';
import type { Response } from 'express';
import { clip, DataError, type Issue } from '../../ml/index.ts';
import { statusOf } from '../http-errors.ts';

// So many issues are told, and so many characters of JSON, so that an answer stays small whatever was sent.
const MAX_ERRORS = 100;
const MAX_ERRORS_LENGTH = 16_000;
const MAX_KEY = 80;

/** The body of an error: RFC 9457, with an entry in `errors` for each field that is wrong; "" is the whole record. */
interface Problem {
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

/** The API's answer to an error. */
export function sendProblem(response: Response, error: unknown): void {
  response.type('application/problem+json').send(JSON.stringify(problemOf(error)));
}

function problemOf(error: unknown): Problem {
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

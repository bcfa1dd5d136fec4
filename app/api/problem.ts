import type { ServerResponse } from 'node:http';
import { z } from 'zod';
import { clip, DataError, type Issue } from '../../ml/serving.ts';
import { toldOf } from '../http-errors.ts';
import { problemAddress, problemTypes } from '../problems/problem-types.ts';

// So many issues are told, and so many characters of JSON, so that an answer stays small whatever was sent.
const MAX_ERRORS = 100;
const MAX_ERRORS_LENGTH = 16_000;
const MAX_KEY = 80;

/** The body of an error: RFC 9457, with an entry in `errors` for each field that is wrong; "" is the whole record. */
export const problemSchema = z
  .object({
    type: z.string().describe('The address of its kind, which programs branch on.'),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('What is wrong here, for people.'),
    errors: z
      .array(
        z.object({
          field: z.string().describe('The name of the field; empty where it is the whole record.'),
          pointer: z.string().describe('Where it is in the body: a JSON Pointer as a URI fragment.'),
          detail: z.string().describe('What is wrong, and what is allowed.'),
        }),
      )
      .optional(),
    total: z.int().describe('How many errors there are, where `errors` holds the first of them only.').optional(),
  })
  .describe('An error, as RFC 9457 has it.');

export type Problem = z.infer<typeof problemSchema>;
type ProblemError = NonNullable<Problem['errors']>[number];

/** The API's answer to an error. */
export function sendProblem(response: ServerResponse, error: unknown): void {
  response.setHeader('Content-Type', 'application/problem+json; charset=utf-8');
  response.end(JSON.stringify(problemOf(error)));
}

export function problemOf(error: unknown): Problem {
  const { problem: name, status, detail } = toldOf(error);
  const problem = { type: problemAddress(name), title: problemTypes[name].title, status, detail };
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

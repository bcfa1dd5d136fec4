/** What an error of one kind is, for whoever reads its address. */
export interface ProblemType {
  readonly status: number;
  readonly title: string;
  /** When it is answered, and what to do. */
  readonly meaning: string;
}

/**
 * Every kind of error that is answered, by its name. The address of one is `/problems/NAME`: programs branch on it, so names and what
 * they stand for stay as they are.
 */
export const problemTypes = {
  'invalid-request': {
    status: 400,
    title: 'The request is not valid',
    meaning: 'The request cannot be read: its address, its headers or its body is broken. `detail` says what is known.',
  },
  'invalid-json': {
    status: 400,
    title: 'The body is not valid JSON',
    meaning:
      'The body is no JSON, or not text of the character set that it is said to have. Mend it; sending it again will not help.',
  },
  'repeated-field': {
    status: 400,
    title: 'A field is there twice',
    meaning: 'A record has a field twice, so that it is not clear which value is meant. Send each field once.',
  },
  'invalid-parameter': {
    status: 400,
    title: 'A parameter of the address is not valid',
    meaning:
      'A parameter after the question mark has a value that it cannot have, or is there twice. `detail` names it.',
  },
  unauthorized: {
    status: 401,
    title: 'A key is needed',
    meaning:
      'The service is not open to everybody, and the request brings no key that it knows: `Authorization: Bearer KEY`.',
  },
  'cross-origin-request': {
    status: 403,
    title: 'The request comes from another site',
    meaning:
      'A page of another site made a browser send this, in the name of whoever uses it. Programs bring a key: `Authorization: Bearer KEY`.',
  },
  'not-found': {
    status: 404,
    title: 'There is nothing at this address',
    meaning: 'The address leads nowhere. /openapi.json lists those that do.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'This method is not possible here',
    meaning: 'The address takes other methods, which the header `Allow` lists.',
  },
  'request-timeout': {
    status: 408,
    title: 'The body took too long',
    meaning: 'The body did not arrive in time. Send less at a time, or as NDJSON, which may take five minutes.',
  },
  'no-result': {
    status: 409,
    title: 'The batch has no result',
    meaning:
      'The batch waits or runs still, has failed, or was cancelled: GET /api/batch/ID says which, and how far it is.',
  },
  'precondition-failed': {
    status: 412,
    title: 'The file is another than was expected',
    meaning:
      'The request asks for a file only if it is still the same (`If-Match`, `If-Unmodified-Since`), and it is not. Ask without that.',
  },
  'body-too-large': {
    status: 413,
    title: 'The body is too large',
    meaning:
      'The body is larger than what is read; `detail` says how much that is. Send fewer records at a time, or NDJSON.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'The body is of a type that is not read here',
    meaning: 'The type, the character set or the content encoding of the body is not supported. `detail` says what is.',
  },
  'range-not-satisfiable': {
    status: 416,
    title: 'The file does not reach that far',
    meaning:
      'The header `Range` asks for bytes behind the end of the file, whose length `Content-Range` says. Whoever has as many has all of it.',
  },
  'invalid-record': {
    status: 422,
    title: 'A record does not fit the declaration',
    meaning:
      'A value is not allowed, a field is missing or not known, or the prediction is not finite. `errors` has an entry for each field: ' +
      '`field`, `pointer` (a JSON Pointer) and `detail`; `total` counts them all where not all are listed. GET /api/schema says what a record is.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    meaning:
      'This client, or this key, has asked more often than is allowed. Try again after so many seconds as `Retry-After` says.',
  },
  'internal-error': {
    status: 500,
    title: 'Something went wrong on our side',
    meaning: 'A bug of Plumbline. The log tells more under the id that the answer has in `X-Request-Id`.',
  },
  overloaded: {
    status: 503,
    title: 'There is too much to do',
    meaning:
      'Too much is being predicted already, or this took too long. Try again after so many seconds as `Retry-After` says.',
  },
} as const satisfies Readonly<Record<string, ProblemType>>;

export type ProblemName = keyof typeof problemTypes;

/** The address of a kind of error, which is the same on every server. */
export const problemAddress = (name: ProblemName) => `/problems/${name}`;

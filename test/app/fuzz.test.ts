// Whatever is sent, the answer is a prediction or says what is wrong with it, and nothing breaks. FUZZ_RUNS says how often each door is tried.

import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { writeTrips } from '../trips.ts';
import { oddFiles } from './odd-files.ts';
import { oddForms } from './odd-forms.ts';
import { serve } from './serve.ts';

const numRuns = Number(process.env.FUZZ_RUNS ?? 150);
const TIMEOUT = 60_000 + 20 * numRuns;
const served = serve(writeTrips, { logLevel: 'info' });
const good: Readonly<Record<string, unknown>> = { km: 1234.5, express: true, day: '11.01.2024', city: 'Rome' };
const names = [
  ...Object.keys(good),
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'not-known',
  '',
];

const anyName = fc.oneof(fc.constantFrom(...names), fc.string({ unit: 'binary', maxLength: 12 }));
const anyValue = fc.oneof(
  fc.jsonValue(),
  fc.double(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(...Object.values(good), null, '', 'NaN', '1e400', '-0', '9007199254740993'),
);
/** A record of which anything may be wrong. */
const record = fc
  .array(fc.tuple(anyName, anyValue), { maxLength: 6 })
  .chain((entries) =>
    fc.boolean().map((isNear) => Object.fromEntries([...(isNear ? Object.entries(good) : []), ...entries])),
  );
const json = fc.oneof(
  record.map((each) => JSON.stringify(each)),
  fc.array(record, { maxLength: 4 }).map((each) => JSON.stringify(each)),
  fc.json(),
  fc.string({ unit: 'binary' }),
  // A piece cut out, and something in its place.
  fc.tuple(fc.nat(80), fc.nat(10), fc.string({ maxLength: 4 })).map(([at, length, put]) => {
    const text = JSON.stringify(good);
    return text.slice(0, at) + put + text.slice(at + length);
  }),
  fc.constantFrom(
    '{"__proto__": {"km": 1}}',
    '{"km": 1, "km": 2}',
    '[[]]',
    '[]',
    '',
    ' ',
    'null',
    '{"constructor": {"prototype": {"km": 1}}}',
  ),
);
const bytes = fc.oneof(
  json.map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 200 }).map((each) => Buffer.from(each)),
);
const query = fc.oneof(
  fc.constantFrom(
    '',
    '?explain=true',
    '?explain=false',
    '?explain=true&explain=true',
    '?explain[]=1',
    '?__proto__=1',
    '?explain=%ff',
    '?%',
  ),
  fc.webQueryParameters().map((text) => `?${text}`),
);

const options = fc
  .oneof(
    query,
    fc.constantFrom('?interval=true', '?interval=maybe', '?contributions=true', '?contributions=true&contributions=1'),
  )
  .map((each) => `/api/batch${each}`);
const { file, form } = oddFiles(Object.keys(good), anyName);

const forms = oddForms(anyName);

interface Sent {
  /** @default POST, with the body */
  readonly method?: 'GET';
  readonly path: string;
  readonly type: string;
  readonly body: Buffer;
  readonly headers?: Record<string, string>;
}

async function send({ method, path, type, body, headers = {} }: Sent): Promise<{ status: number; text: string }> {
  const response = await fetch(served.url + path, {
    method: method ?? 'POST',
    headers: { 'Content-Type': type, ...headers },
    ...(!method && { body: new Uint8Array(body) }),
  });
  return { status: response.status, text: await response.text() };
}

const isAnswer = (status: number) => (status >= 200 && status < 300) || (status >= 400 && status < 500);

/** Tries a door; each answer has to be one that a client understands. */
const tries = (
  arbitrary: fc.Arbitrary<Sent>,
  understand: (answer: { status: number; text: string }) => void | Promise<void>,
) =>
  fc.assert(
    fc.asyncProperty(arbitrary, async (sent) => {
      const answer = await send(sent);
      expect(isAnswer(answer.status), `${answer.status} ${answer.text}`).toBe(true);
      await understand(answer);
    }),
    { numRuns },
  );

function isProblem(text: string): void {
  expect(JSON.parse(text)).toMatchObject({ type: expect.stringMatching(/^\/problems\//), status: expect.any(Number) });
}

afterEach(async () => {
  // Lines about requests come a moment later.
  await sleep(50);
  expect(served.logged.filter((line) => JSON.parse(line).level >= 50)).toEqual([]);
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(({} as Record<string, unknown>).km).toBeUndefined();
});

describe('whatever is sent', () => {
  test(
    'as JSON',
    () =>
      tries(
        fc.record({
          path: query.map((each) => `/api/predictions${each}`),
          type: fc.constant('application/json'),
          body: bytes,
        }),
        ({ status, text }) => (status === 200 ? JSON.parse(text) : isProblem(text)),
      ),
    TIMEOUT,
  );

  test(
    'as JSON by its header alone',
    () =>
      tries(
        fc.record({
          path: fc.constant('/api/predictions'),
          type: fc.oneof(
            fc.constantFrom(
              'application/json; charset=latin1',
              'application/json;charset=""',
              'text/json',
              'application/json;',
              'multipart/form-data',
            ),
            fc.string({ unit: fc.constantFrom(...'ajson/;= "charset-'), maxLength: 30 }),
          ),
          body: bytes,
          headers: fc.constantFrom<Record<string, string>>(
            {},
            { 'Content-Encoding': 'gzip' },
            { 'Content-Encoding': 'br' },
            { 'Content-Encoding': 'x' },
          ),
        }),
        ({ status, text }) => (status === 200 ? JSON.parse(text) : isProblem(text)),
      ),
    TIMEOUT,
  );

  test(
    'as lines',
    () =>
      tries(
        fc.record({
          path: query.map((each) => `/api/predictions${each}`),
          type: fc.constant('application/x-ndjson'),
          body: fc
            .array(fc.oneof(json, fc.constant(JSON.stringify(good))), { maxLength: 6 })
            .chain((lines) => fc.constantFrom('\n', '\r\n', '\n\n').map((end) => Buffer.from(lines.join(end)))),
        }),
        ({ status, text }) => {
          if (status !== 200) return isProblem(text);
          for (const line of text.split('\n').filter(Boolean)) {
            const answer = JSON.parse(line);
            if (answer.type === undefined) expect(answer.prediction).toBeTypeOf('number');
            else isProblem(line);
          }
        },
      ),
    TIMEOUT,
  );

  test.each(['/', '/what-if'])(
    'as a form to %s',
    (path) =>
      tries(
        fc.record({
          path: fc.constant(path),
          type: fc.constant('application/x-www-form-urlencoded'),
          body: forms.body,
        }),
        ({ text }) => expect(text).toMatch(path === '/' ? '<html' : /^<(?:div|p|!DOCTYPE html)/),
      ),
    TIMEOUT,
  );

  test(
    'as the address of a case',
    () =>
      tries(
        fc.record({
          method: fc.constant('GET' as const),
          path: forms.address,
          type: fc.constant('text/plain'),
          body: fc.constant(Buffer.alloc(0)),
        }),
        ({ status, text }) => expect(text).toMatch(status === 431 ? '' : '<html'),
      ),
    TIMEOUT,
  );

  test(
    'as a file',
    () =>
      tries(
        fc.oneof(
          fc.record({
            path: options,
            type: fc.constantFrom(
              'text/csv',
              'text/csv; charset=utf-8',
              'application/vnd.apache.parquet',
              'text/plain',
            ),
            body: file,
            headers: fc.constantFrom<Record<string, string>>({}, {}, {}, { 'Content-Encoding': 'gzip' }),
          }),
          fc.record({
            path: options,
            type: fc.constantFrom(
              'multipart/form-data; boundary=x',
              'multipart/form-data; boundary=y',
              'multipart/form-data',
            ),
            body: form,
          }),
        ),
        async ({ status, text }) => {
          if (status !== 202) return isProblem(text);
          const { id } = JSON.parse(text) as { id: string };
          expect((await fetch(`${served.url}/api/batch/${id}`, { method: 'DELETE' })).status).toBe(204);
        },
      ),
    TIMEOUT,
  );

  test(
    'to any address',
    () =>
      tries(
        fc.record({
          path: fc
            .oneof(
              fc.webPath(),
              fc.constantFrom(
                '/api',
                '/api/',
                '/api/v1',
                '/api/__proto__',
                '/problems/__proto__',
                '/problems/',
                '/assets/../server.ts',
                '/assets/%2e%2e/server.ts',
                '/%',
                '/%00',
                '//',
              ),
            )
            .map((path) => (path.startsWith('/') ? path : `/${path}`)),
          type: fc.constant('application/json'),
          body: bytes,
        }),
        () => {},
      ),
    TIMEOUT,
  );
});

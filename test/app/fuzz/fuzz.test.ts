// Whatever is sent, the answer is a prediction or says what is wrong with it, and nothing breaks.

import fc from 'fast-check';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { Access } from '../../../app/access/access.ts';
import { makeKey } from '../../../app/access/api-key.ts';
import { proxyTrust } from '../../../app/client-address.ts';
import { Gate } from '../../../app/gate.ts';
import { RateLimit } from '../../../app/rate/rate-limit.ts';
import { writeTrips } from '../../trips.ts';
import { serve } from '../serve.ts';
import { goesBothWays, isProblem, nothingBreaks, numRuns, sendBytes, TIMEOUT, tries } from './door.ts';
import { oddForms } from './odd-forms.ts';
import { oddJson, packed } from './odd-json.ts';
import { oddRequest } from './odd-requests.ts';

const served = serve(writeTrips, { logLevel: 'info' });
const access = await Access.open(JSON.stringify({ keys: [makeKey('Till').kept] }), pino({ enabled: false }));
const gate = new Gate({ access, rate: new RateLimit(1_000_000), trustsProxy: proxyTrust('loopback') });
const closed = serve(writeTrips, { logLevel: 'info', gate });
nothingBreaks(served);
nothingBreaks(closed);

const good = { km: 1234.5, express: true, day: '11.01.2024', city: 'Rome' };
const filledIn = { km: '1234.5', express: 'ja', day: '2024-01-11', city: 'Rome' };
const names = [
  ...Object.keys(good),
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'not-known', '', 'KM', 'km '],
];
const anyName = fc.oneof(fc.constantFrom(...names), fc.string({ unit: 'binary', maxLength: 12 }));
const json = oddJson(good, anyName);
const forms = oddForms(filledIn, anyName);

const query = fc.oneof(
  fc.constantFrom('', '', '?explain=true', '?explain=true', '?explain=false'),
  fc.constantFrom('?explain=true&explain=true', '?explain[]=1', '?__proto__=1', '?explain=%ff', '?%', '?explain=TRUE'),
  fc.webQueryParameters().map((text) => `?${text}`),
);
const predictions = query.map((each) => `/api/predictions${each}`);

const understandJson = ({ status, text }: { status: number; text: string }) =>
  status === 200 ? JSON.parse(text) : isProblem(text);

/** Cuts bytes into pieces, anywhere. */
const inPieces = (bytes: fc.Arbitrary<Buffer>) =>
  fc.tuple(bytes, fc.array(fc.nat(400), { maxLength: 4 })).map(([all, places]) => {
    const ends = [...places.filter((at) => at < all.length).sort((a, b) => a - b), all.length];
    return ends.map((end, i) => all.subarray(i === 0 ? 0 : ends[i - 1], end));
  });

describe('whatever is sent', () => {
  test(
    'as JSON',
    () =>
      tries(
        served,
        fc.record({ path: predictions, type: fc.constant('application/json'), body: json.bytes }),
        understandJson,
      ).then(goesBothWays),
    TIMEOUT,
  );

  test(
    'as JSON that comes in pieces',
    () =>
      tries(
        served,
        fc.record({ path: predictions, type: fc.constant('application/json'), body: inPieces(json.bytes) }),
        understandJson,
      ).then(goesBothWays),
    TIMEOUT,
  );

  test(
    'as JSON that is packed, or said to be',
    () =>
      tries(
        served,
        fc.record({ path: predictions, packed: packed(json.bytes) }).map(({ path, packed: { body, encoding } }) => ({
          ...{ path, type: 'application/json', body },
          headers: { 'Content-Encoding': encoding },
        })),
        understandJson,
      ).then(goesBothWays),
    TIMEOUT,
  );

  test(
    'as JSON by its header alone',
    () =>
      tries(
        served,
        fc.record({
          path: fc.constant('/api/predictions'),
          type: fc.oneof(
            fc.constantFrom(
              ...[
                'application/json; charset=latin1',
                'application/json;charset=""',
                'application/json; charset=utf-16le',
              ],
              ...[
                'application/json; charset=UTF-8; charset=x',
                'text/json',
                'application/json;',
                'multipart/form-data',
              ],
            ),
            fc.string({ unit: fc.constantFrom(...'ajson/;= "charset-'), maxLength: 30 }),
          ),
          body: json.bytes,
        }),
        understandJson,
      ),
    TIMEOUT,
  );

  const line = fc.oneof(
    json.text,
    fc.constant(JSON.stringify(good)),
    fc.constantFrom(' ', '\t', '[', '1'.repeat(20_000)),
  );
  const lines = fc
    .tuple(fc.array(line, { maxLength: 6 }), fc.constantFrom('\n', '\r\n', '\n\n', '\r', '\u2028'), fc.boolean())
    .map(([all, end, isEnded]) => Buffer.from(all.join(end) + (isEnded ? end : '')));
  const understandLines = ({ status, text }: { status: number; text: string }) => {
    if (status !== 200) return isProblem(text);
    for (const each of text.split('\n').filter(Boolean)) {
      const answer = JSON.parse(each);
      if (answer.type === undefined) expect(answer.prediction).toBeTypeOf('number');
      else isProblem(each);
    }
  };
  const ndjson = fc.constantFrom('application/x-ndjson', 'application/jsonl', 'application/x-ndjson; charset=latin1');

  test(
    'as lines that come in pieces',
    () => tries(served, fc.record({ path: predictions, type: ndjson, body: inPieces(lines) }), understandLines),
    TIMEOUT,
  );

  test(
    'as lines that are packed, or said to be',
    () =>
      tries(
        served,
        fc
          .record({ path: predictions, type: ndjson, packed: packed(lines) })
          .map(({ packed: { body, encoding }, ...sent }) => ({
            ...{ ...sent, body },
            headers: { 'Content-Encoding': encoding },
          })),
        understandLines,
      ).then(goesBothWays),
    TIMEOUT,
  );

  test.each(['/', '/what-if'])(
    'as a form to %s',
    (path) =>
      tries(
        served,
        fc.record({
          path: fc.constant(path),
          type: fc.constantFrom(
            ...[
              'application/x-www-form-urlencoded',
              'application/x-www-form-urlencoded; charset=x',
              'multipart/form-data; boundary=x',
            ],
          ),
          body: forms.body,
        }),
        ({ text }) => expect(text).toMatch(path === '/' ? '<html' : /^<(?:div|p|!DOCTYPE html)/),
      ).then(goesBothWays),
    TIMEOUT,
  );

  test(
    'as the address of a case',
    () =>
      tries(
        served,
        fc.record({
          method: fc.constant('GET' as const),
          path: forms.address,
          type: fc.constant('text/plain'),
          body: fc.constant(Buffer.alloc(0)),
        }),
        ({ status, text }) => expect(text).toMatch(status === 431 ? '' : '<html'),
      ).then(goesBothWays),
    TIMEOUT,
  );

  test(
    'to any address',
    () =>
      tries(
        served,
        fc.record({
          path: fc
            .oneof(
              fc.webPath(),
              fc.constantFrom(
                ...[
                  '/api',
                  '/api/',
                  '/api/v1',
                  '/api/__proto__',
                  '/problems/__proto__',
                  '/problems/',
                  '/%',
                  '/%00',
                  '//',
                ],
                ...['/assets/../server.ts', '/assets/%2e%2e/server.ts'],
              ),
            )
            .map((path) => (path.startsWith('/') ? path : `/${path}`)),
          type: fc.constant('application/json'),
          body: json.bytes,
        }),
      ),
    TIMEOUT,
  );

  test.each(['open', 'closed'] as const)(
    'as bytes that no library sends, to a service that is %s',
    (which) =>
      fc.assert(
        fc.asyncProperty(oddRequest, async (bytes) => {
          const { url } = which === 'open' ? served : closed;
          for (const status of await sendBytes(url, bytes)) expect(status).toBeLessThan(500);
          expect((await fetch(`${url}/healthz`)).status).toBe(200);
        }),
        { numRuns },
      ),
    TIMEOUT,
  );
});

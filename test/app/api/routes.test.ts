import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { houses, writeHouses } from '../../houses.ts';
import { serve } from '../serve.ts';

const served = serve(writeHouses);
const post = (body: unknown, headers: Record<string, string> = { 'Content-Type': 'application/json' }) =>
  fetch(`${served.url}/api/predictions`, {
    method: 'POST',
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const good = { area: 100, rooms: 3, heating: 'gas' };

test('a record gives a prediction', async () => {
  const response = await post(good);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({
    prediction: expect.closeTo(215, 9),
    target: 'price',
    release: served.predictor.release,
  });
});

test('an array of records gives an array of the same', async () => {
  expect(await (await post([good, { ...good, rooms: 4 }])).json()).toMatchObject([
    { prediction: expect.closeTo(215, 9) },
    { prediction: expect.closeTo(220, 9) },
  ]);
  expect(await (await post([])).json()).toEqual([]);
});

// The price is 2 · area + 5 · rooms, and 30 more for a heat pump: no two fields can be swapped unnoticed.
test.each([
  [{ area: 17, rooms: 11, heating: 'gas' }, 89],
  [{ area: 11, rooms: 17, heating: 'gas' }, 107],
  [{ rooms: 11, heating: 'gas', area: 17 }, 89],
  [{ heating: 'heat pump', area: 17, rooms: 11 }, 119],
])('each value reaches its own column: %j', async (record, price) => {
  expect(await (await post(record)).json()).toMatchObject({ prediction: expect.closeTo(price, 9) });
});

test.each(['123456789012345678', '9007199254740993', '1e-400'])(
  '%s is refused, not read as another number',
  async (text) => {
    const response = await post(
      `[{"area": 100, "rooms": 3, "heating": "gas"}, {"area": ${text}, "rooms": 3, "heating": "gas"}]`,
    );
    expect(await response.json()).toMatchObject({
      status: 422,
      errors: [
        {
          pointer: '#/1/area',
          detail: expect.stringMatching(/^has more digits than a number keeps; must be a number/),
        },
      ],
    });
  },
);

test('a decimal of many digits is the number nearest to it', async () => {
  const response = await post('{"area": 100.00000000000000000001, "rooms": 3, "heating": "gas"}');
  expect(await response.json()).toMatchObject({ prediction: expect.closeTo(215, 9) });
});

describe('a problem is told as RFC 9457 has it', () => {
  test('one entry for each field that is wrong', async () => {
    const response = await post({ area: 9, rooms: 3, colour: 'red' });
    expect(response.status).toBe(422);
    expect(response.headers.get('Content-Type')).toMatch('application/problem+json');
    expect(await response.json()).toEqual({
      type: '/problems/invalid-record',
      title: 'A record does not fit the declaration',
      status: 422,
      detail: 'The record does not fit the declaration.',
      errors: [
        { field: 'area', pointer: '#/area', detail: 'must be a number from 10 to 500' },
        { field: 'heating', pointer: '#/heating', detail: 'is required: one of: gas, heat pump, none' },
        { field: 'colour', pointer: '#/colour', detail: 'not a field; the fields are: area, rooms, heating' },
      ],
    });
  });

  test('in an array, by its place', async () => {
    const { errors } = (await (await post([good, { ...good, rooms: 0 }])).json()) as { errors: unknown };
    expect(errors).toEqual([{ field: 'rooms', pointer: '#/1/rooms', detail: 'must be a whole number from 1 to 20' }]);
    expect(await (await post([7])).json()).toMatchObject({ errors: [{ field: '', pointer: '#/0' }] });
  });

  test('whatever the field is called', async () => {
    const { errors } = (await (await post({ ...good, 'a.b/c d': 1 })).json()) as { errors: unknown };
    expect(errors).toEqual([expect.objectContaining({ field: 'a.b/c d', pointer: '#/a.b~1c%20d' })]);
  });

  test.each([
    ['broken JSON', '{"area": ', 400, 'The body is not valid JSON.'],
    ['no JSON at all', 'null', 422, 'The record does not fit the declaration.'],
    ['a nested parameter', { ...good, area: { $gt: 0 } }, 422, 'The record does not fit the declaration.'],
    ['a repeated parameter', { ...good, heating: ['gas', 'none'] }, 422, 'The record does not fit the declaration.'],
    ['a key twice', '{"area": 100, "rooms": 3, "rooms": 4, "heating": "gas"}', 400, 'A field is there twice.'],
    [
      'a key twice in one of two',
      '[{"area":100,"rooms":3,"heating":"gas"},{"area":100,"area":100,"rooms":3,"heating":"gas"}]',
      400,
      'A field is there twice.',
    ],
    [
      'more than 1 MB',
      `[${'"x",'.repeat(300_000)}1]`,
      413,
      'The body is too large: at most 1,048,576 bytes are read here.',
    ],
  ])('%s', async (_, body, status, detail) => {
    const response = await post(body);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ status, detail });
  });

  describe('what was sent costs no more than it should', () => {
    const keys = (n: number) => Object.fromEntries(Array.from({ length: n }, (_, i) => [i.toString(36), 1]));
    const nested = (n: number) => `${'['.repeat(n)}${']'.repeat(n)}`;
    test.each([
      ['unknown keys by the ten thousand', keys(90_000), 422, 90_003],
      ['very long keys', { ...good, ...Object.fromEntries([...'abc'].map((key) => [key.repeat(300_000), 1])) }, 422, 3],
      ['long keys that a URI writes longer', keysOf('é', 3000), 422, 3003],
      ['a very long value', { ...good, heating: 'g'.repeat(1_000_000) }, 422, 1],
      ['bad records by the ten thousand', new Array(100_000).fill(7), 422, 100_000],
      ['many records that lack everything', new Array(100_000).fill({}), 422, 300_000],
      ['a key of every object', '{"__proto__": {"area": 1}, "constructor": 1, "toString": 1}', 422, 6],
      ['half a character', '{"area": 100, "rooms": 3, "heating": "gas", "\\ud800": 1}', 422, 1],
      ['depth', nested(500_000), 422, 1],
      ['depth in a field', `{"area": ${nested(400_000)}, "rooms": 3, "heating": "gas"}`, 422, 1],
      ['a number beyond all', '{"area": 1e400, "rooms": -1e400, "heating": "gas"}', 422, 2],
      ['no number', '{"area": NaN, "rooms": 3, "heating": "gas"}', 400, 0],
      ['one long string that does not end', `"${'a'.repeat(1_000_000)}`, 400, 0],
      ['one long string', `"${'a'.repeat(1_000_000)}"`, 422, 1],
    ])('%s', async (_, body, status, count) => {
      const response = await post(body);
      expect(response.status).toBe(status);
      const text = await response.text();
      expect(text.length).toBeLessThan(20_000);
      const { errors = [], total = errors.length } = JSON.parse(text) as { errors?: unknown[]; total?: number };
      expect(errors.length).toBe(Math.min(errors.length, count));
      expect(total).toBe(count);
    });

    test('an address that leads nowhere', async () => {
      const response = await fetch(`${served.url}/api/${'a'.repeat(10_000)}`);
      expect(response.status).toBe(404);
      expect((await response.text()).length).toBeLessThan(300);
    });

    function keysOf(character: string, n: number): Record<string, number> {
      return Object.fromEntries(Array.from({ length: n }, (_, i) => [character.repeat(100) + i, 1]));
    }
  });

  test('a number that cannot be', async () => {
    const { errors } = (await (await post('{"area": 1e400, "rooms": 3, "heating": "gas"}')).json()) as {
      errors: unknown;
    };
    expect(errors).toEqual([
      {
        field: 'area',
        pointer: '#/area',
        detail: 'is beyond what a number can hold (1.8 × 10³⁰⁸); must be a number from 10 to 500',
      },
    ]);
  });

  test('a body that is not declared as JSON', async () => {
    expect((await post('area=100', { 'Content-Type': 'application/x-www-form-urlencoded' })).status).toBe(415);
  });

  test('a body in a character set that nobody knows, or that it is not in', async () => {
    const json = (charset: string) => ({ 'Content-Type': `application/json; charset=${charset}` });
    expect((await post(good, json('utf-8'))).status).toBe(200);
    const unknown = await post(good, json('klingon'));
    expect(unknown.status).toBe(415);
    expect(await unknown.json()).toMatchObject({ detail: 'The character set of the body is not supported.' });
    const broken = await fetch(`${served.url}/api/predictions`, {
      method: 'POST',
      headers: json('"UTF-8"'),
      body: Buffer.from('{"area": 100, "rooms": 3, "heating": "g\xe4s"}', 'latin1'),
    });
    expect(broken.status).toBe(400);
    expect(await broken.json()).toMatchObject({
      detail: 'The body is not text in the character set that it is said to have.',
    });
  });

  test('a body that is small only while it is compressed', async () => {
    const body = gzipSync(JSON.stringify(new Array(10_000).fill(good)));
    const headers = { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' };
    const response = await fetch(`${served.url}/api/predictions`, { method: 'POST', headers, body });
    expect(await response.json()).toHaveLength(10_000);
    const bomb = gzipSync(' '.repeat(100_000_000));
    expect((await fetch(`${served.url}/api/predictions`, { method: 'POST', headers, body: bomb })).status).toBe(413);
  });

  test('a body in an encoding that nobody knows', async () => {
    const response = await post(good, { 'Content-Type': 'application/json', 'Content-Encoding': 'zip' });
    expect(response.status).toBe(415);
    expect(await response.json()).toMatchObject({ detail: 'The content encoding of the body is not supported.' });
  });

  test('another method, and another path', async () => {
    const response = await fetch(`${served.url}/api/predictions`);
    expect(response.status).toBe(405);
    expect(response.headers.get('Allow')).toBe('POST');
    const none = await fetch(`${served.url}/api/none`);
    expect(none.headers.get('Content-Type')).toMatch('application/problem+json');
    expect(await none.json()).toMatchObject({ status: 404, detail: 'There is nothing at /api/none.' });
  });
});

test('health: alive always, ready until the server is about to stop', async () => {
  const ask = async (path: string) => {
    const response = await fetch(`${served.url}${path}`);
    return [response.status, ((await response.json()) as { status: string }).status];
  };
  expect(await ask('/healthz')).toEqual([200, 'ok']);
  expect(await ask('/readyz')).toEqual([200, 'ready']);
  served.readiness = 'standby';
  expect(await ask('/readyz')).toEqual([503, 'standby']);
  expect((await post(good)).headers.get('Connection')).toBe('keep-alive');
  served.readiness = 'draining';
  expect(await ask('/healthz')).toEqual([200, 'ok']);
  expect(await ask('/readyz')).toEqual([503, 'draining']);
  const response = await post(good);
  expect(response.status).toBe(200);
  expect(response.headers.get('Connection')).toBe('close');
  served.readiness = 'ready';
});

test('the declaration that is served is the one that was trained on', () => {
  expect(served.predictor.manifest.dataset).toEqual(houses);
});

import { writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Access } from '../../../app/access/access.ts';
import { keyOf, makeKey } from '../../../app/access/api-key.ts';
import { proxyTrust } from '../../../app/client-address.ts';
import { Gate } from '../../../app/gate.ts';
import { RateLimit } from '../../../app/rate/rate-limit.ts';
import { writeHouses } from '../../houses.ts';
import { makeFolder, temporaryFolder } from '../../temporary.ts';
import { serve } from '../serve.ts';
import { until } from '../until.ts';

const folder = makeFolder();
const file = join(folder, 'keys.json');
const [till, shop] = [makeKey('Till 3'), makeKey('Shop')];
const write = (...keys: { kept: unknown }[]) =>
  writeFileSync(file, JSON.stringify({ keys: keys.map(({ kept }) => kept) }));
write(till, shop);
const lines: string[] = [];
const access = await Access.open(file, pino({}, { write: (line: string) => lines.push(line) }));
const trustsProxy = proxyTrust('loopback');
const served = serve(writeHouses, { gate: new Gate({ access, trustsProxy }) });
afterAll(() => {
  access.close();
});

const house = { area: 100, rooms: 3, heating: 'gas' };
const post = (authorization?: string) =>
  fetch(`${served.url}/api/predictions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(authorization && { Authorization: authorization }) },
    body: JSON.stringify(house),
  });
const bearer = (text: string) => `Bearer ${text}`;

describe('a service that asks for a key', () => {
  test('answers who brings one', async () => {
    expect((await post(bearer(till.text))).status).toBe(200);
    expect((await post(bearer(shop.text))).status).toBe(200);
  });

  test.each([
    ['nothing', undefined],
    ['another key', bearer(makeKey('Thief').text)],
    ['the id of one with another secret', bearer(`pl_${till.kept.id}_${'A'.repeat(43)}`)],
    ['a hash', bearer(`pl_${till.kept.id}_${till.kept.hash}`)],
    ['a part', bearer(till.text.slice(0, -1))],
    ['a word', 'Bearer x'],
    ['another scheme', `Digest ${till.text}`],
    ['no scheme', till.text],
  ])('refuses who brings %s', async (_, authorization) => {
    const response = await post(authorization);
    expect(response.status).toBe(401);
    expect(response.headers.get('WWW-Authenticate')).toBe('Bearer realm="Plumbline"');
    expect(await response.json()).toMatchObject({ type: '/problems/unauthorized', status: 401 });
  });

  test('asks people by their browser, whose password is the key', async () => {
    const response = await fetch(served.url);
    expect(response.status).toBe(401);
    expect(response.headers.get('WWW-Authenticate')).toBe('Basic realm="Plumbline"');
    expect(await response.text()).toContain('send Authorization: Bearer KEY');
    const headers = { Authorization: `Basic ${Buffer.from(`somebody:${till.text}`).toString('base64')}` };
    expect((await fetch(served.url, { headers })).status).toBe(200);
  });

  test.each(['/healthz', '/readyz', '/problems/unauthorized', '/assets/plumbline.css'])(
    'is open at %s',
    async (path) => {
      expect((await fetch(served.url + path)).status).toBe(200);
    },
  );

  test.each([
    '/api/schema',
    '/api/model',
    '/openapi.json',
    '/api/client.ts',
    '/',
    '/nothing',
    '/healthz/',
    '//healthz',
  ])('is closed at %s', async (path) => {
    expect((await fetch(served.url + path)).status).toBe(401);
  });

  test('takes a change of the file without a restart', async () => {
    const late = makeKey('Late');
    write(till, late);
    await until(async () => ((await post(bearer(late.text))).status === 200 ? true : undefined));
    expect((await post(bearer(shop.text))).status).toBe(401);
    writeFileSync(file, 'broken');
    await until(() => lines.find((line) => line.includes('those before stay in force')));
    expect((await post(bearer(late.text))).status).toBe(200);
  });
});

test('a key says nothing of itself but its id in what is kept of it', () => {
  const { kept, text } = makeKey('Till 3');
  expect(keyOf({ keys: [kept] }, text)).toBe(kept);
  expect(JSON.stringify(kept)).not.toContain(text.split('_').slice(2).join('_'));
});

test('a file that is not there, or is none of keys, is refused', async () => {
  const path = join(temporaryFolder(), 'keys.json');
  const logger = pino({ enabled: false });
  await expect(Access.open(path, logger)).rejects.toThrow(
    /cannot be read \(ENOENT\)\. Make a key.*npm run keys -- create NAME/,
  );
  writeFileSync(path, '{"keys": [{"id": "x"}]}');
  await expect(Access.open(path, logger)).rejects.toThrow('is not a file of keys, as npm run keys makes it');
});

describe('a service that limits how often one client asks', () => {
  const limited = serve(writeHouses, { gate: new Gate({ rate: new RateLimit(5), trustsProxy }) });
  const ask = (from: string, path = '/api/schema') =>
    fetch(limited.url + path, { headers: { 'X-Forwarded-For': from } });

  beforeAll(async () => {
    for (let i = 0; i < 5; i++) expect((await ask('192.0.2.1')).status).toBe(200);
  });

  test('tells who asks too often when to try again', async () => {
    const response = await ask('192.0.2.1');
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect(await response.json()).toMatchObject({
      type: '/problems/too-many-requests',
      detail: expect.stringMatching('5'),
    });
    expect(await (await ask('192.0.2.1', '/')).text()).toContain('More than 5 requests within a minute');
  });

  test('answers others, and health checks', async () => {
    expect((await ask('192.0.2.2')).status).toBe(200);
    for (let i = 0; i < 10; i++) expect((await ask('192.0.2.1', '/readyz')).status).toBe(200);
  });
});

test('ACCESS may be the text of the file itself', async () => {
  const logger = pino({ level: 'silent' });
  const own = makeKey('Container');
  const text = JSON.stringify({ keys: [own.kept] });
  const opened = await Access.open(text, logger);
  const request = (key: string) => ({ headers: { authorization: bearer(key) } }) as IncomingMessage;
  expect(opened.keyOf(request(own.text), true).name).toBe('Container');
  expect(() => opened.keyOf(request(till.text), true)).toThrow('not known');
  opened.close();
  await expect(Access.open('{"keys": 1}', logger)).rejects.toThrow('The text in ACCESS is not a file of keys');
});

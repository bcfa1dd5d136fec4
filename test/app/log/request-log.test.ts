import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import { App } from '../../../app/app.ts';
import { writeHouses } from '../../houses.ts';
import { serve } from '../serve.ts';
import { until } from '../until.ts';

const served = serve(writeHouses, { logLevel: 'info' });
const house = { area: 123.25, rooms: 3, heating: 'heat pump' };
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

interface Line {
  readonly id: string;
  readonly [name: string]: unknown;
}

/** The line that a request leaves in the log, by the id that the answer tells. */
async function lineOf(path: string, init: RequestInit = {}): Promise<{ line: Line; text: string; response: Response }> {
  const response = await fetch(served.url + path, init);
  await response.arrayBuffer();
  const id = response.headers.get('X-Request-Id') ?? '';
  expect(id).toMatch(ID);
  const text = await until(() => served.logged.find((each) => each.includes(id) && each.includes('"msg":"request"')));
  return { line: JSON.parse(text) as Line, text, response };
}

const post = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

test('a request leaves one line: its id, method, route, status, how long it took and how much was sent', async () => {
  const { line, response } = await lineOf('/api/predictions', post(house));
  expect(line).toEqual({
    level: 30,
    time: expect.any(Number),
    id: response.headers.get('X-Request-Id'),
    method: 'POST',
    route: '/api/predictions',
    status: 200,
    ms: expect.any(Number),
    bytes: expect.any(Number),
    msg: 'request',
  });
  expect(line.bytes).toBeGreaterThan(100);
  expect(served.logged.filter((each) => each.includes(line.id))).toHaveLength(1);
});

test.each([
  ['/', {}, '/'],
  ['/', { method: 'POST', body: new URLSearchParams({ area: '1' }) }, '/'],
  ['/?name=Jane', {}, '/'],
  ['/assets/plumbline.css', {}, '/assets/*'],
  ['/assets/jane.doe@example.org/plumbline.css', {}, '/assets/*'],
  ['/assets/jane.doe@example.org/pico.css', {}, '/assets/pico.css'],
  ['/assets/jane.doe@example.org/none.css', {}, 'none'],
  ['/api/schema', {}, '/api/schema'],
  ['/API/Schema?key=secret', {}, '/api/schema'],
  ['/api/v1/predictions?explain=true', post(house), '/api/v1/predictions'],
  ['/api/jane.doe@example.org', {}, '/api/*'],
  ['/api', {}, '/api/*'],
  ['/jane.doe@example.org', {}, 'none'],
  ['/problems/not-found', {}, '/problems/:name'],
])('%s is told as its route', async (path, init, route) => {
  expect((await lineOf(path, init)).line.route).toBe(route);
});

test('nothing that anybody sends gets into the log', async () => {
  const secret = 'jane-doe-7319';
  const headers = {
    'User-Agent': secret,
    Cookie: secret,
    Authorization: secret,
    'X-Forwarded-For': secret,
    traceparent: secret,
  };
  const sent = [
    await lineOf(`/api/predictions?explain=${secret}`, post({ [secret]: secret, ...house }, headers)),
    await lineOf('/api/predictions', post({ ...house, heating: secret }, headers)),
    await lineOf(`/${secret}?${secret}`, { headers }),
    await lineOf(`/assets/${secret}/plumbline.css`, { headers }),
    await lineOf(`/assets/${secret}/pico.css`, { headers }),
    await lineOf(`/batch/${secret}`, { headers }),
    await lineOf('/', { method: 'POST', headers, body: new URLSearchParams({ heating: secret, [secret]: '1' }) }),
  ];
  for (const { text } of sent) expect(text).not.toContain(secret);
  const { text } = await lineOf('/api/predictions', post(house));
  expect(text).not.toMatch(/123.25|heat pump/);
});

test('an error leaves no path in the log either', async () => {
  const logged: string[] = [];
  const logger = pino({ level: 'warn' }, { write: (line: string) => logged.push(line) });
  const { predictions } = served;
  const server = createServer(new App({ predictions, logger, isOverloaded: () => true }).listener);
  onTestFinished(() => void server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const path of ['/jane.doe@example.org', '/api/batch/a-secret-id', '/api/predictions?name=Jane'])
    expect((await fetch(url + path, post(house))).status).toBe(503);
  const lines = logged.map((line) => JSON.parse(line));
  expect(lines.map(({ route }) => route)).toEqual(['none', 'none', '/api/predictions']);
  expect(logged.join('')).not.toMatch(/jane|secret/i);
});

test('a trace that the caller is in is told', async () => {
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  expect((await lineOf('/', { headers: { traceparent } })).line.traceparent).toBe(traceparent);
});

describe('what is not logged', () => {
  test('health checks, which come every second', async () => {
    const before = served.logged.length;
    await (await fetch(`${served.url}/readyz`)).text();
    await lineOf('/');
    expect(served.logged.slice(before).join('')).not.toContain('readyz');
  });
});

test('a client that goes before it is answered is told of', async () => {
  const controller = new AbortController();
  const many = Array.from({ length: 12_000 }, () => house);
  const before = served.logged.length;
  const answer = fetch(`${served.url}/api/predictions`, { ...post(many), signal: controller.signal });
  setTimeout(() => controller.abort(), 30);
  await answer.catch(() => undefined);
  const text = await until(() => served.logged.slice(before).find((each) => each.includes('"msg":"request"')));
  expect(JSON.parse(text)).toMatchObject({ route: '/api/predictions' });
});

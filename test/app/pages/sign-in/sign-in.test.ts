import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { Access } from '../../../../app/access/access.ts';
import { makeKey } from '../../../../app/access/api-key.ts';
import { proxyTrust } from '../../../../app/client-address.ts';
import { Gate } from '../../../../app/gate.ts';
import { RateLimit } from '../../../../app/rate/rate-limit.ts';
import { writeHouses } from '../../../houses.ts';
import { makeFolder } from '../../../temporary.ts';
import { serve } from '../../serve.ts';

const folder = makeFolder();
const file = join(folder, 'keys.json');
const [till, shop] = [makeKey('Till <3>'), makeKey('Shop')];
const write = (...keys: { kept: unknown }[]) =>
  writeFileSync(file, JSON.stringify({ keys: keys.map(({ kept }) => kept) }));
write(till, shop);
const access = await Access.open(file, pino({ enabled: false }));
const trustsProxy = proxyTrust('loopback');
const attempts = new RateLimit(1000);
const served = serve(writeHouses, { gate: new Gate({ access, attempts, trustsProxy }) });
afterAll(() => {
  access.close();
});

const page = { Accept: 'text/html,application/xhtml+xml' };
type Headers = Readonly<Record<string, string>>;
const get = (path: string, headers: Headers = {}) =>
  fetch(served.url + path, { headers: { ...page, ...headers }, redirect: 'manual' });
const post = (path: string, fields: Headers, headers: Headers = {}) =>
  fetch(served.url + path, {
    method: 'POST',
    headers: { ...page, ...headers },
    body: new URLSearchParams(fields),
    redirect: 'manual',
  });

/** Signs in. @returns what a browser then sends */
async function signIn(key = till.text, headers: Headers = {}): Promise<{ Cookie: string }> {
  const response = await post('/sign-in', { key, to: '/' }, headers);
  expect(response.status).toBe(303);
  return { Cookie: (response.headers.get('Set-Cookie') as string).split(';')[0] as string };
}

const house = { area: '100', rooms: '3', heating: 'gas' };
const record = { area: 100, rooms: 3, heating: 'gas' };
const ask = (headers: Headers) =>
  fetch(`${served.url}/api/predictions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(record),
  });

test('the request from code that the form shows has a key', async () => {
  const html = await (await get(`/?${new URLSearchParams(house)}`, await signIn())).text();
  expect(html).toContain('Authorization: Bearer $PLUMBLINE_KEY');
});

describe('who has not signed in', () => {
  test.each(['/', '/model', '/model?section=2'])('is led from %s to where that is done, and back', async (path) => {
    const response = await get(path);
    expect(response.status).toBe(303);
    const location = response.headers.get('Location') as string;
    expect(location).toBe(`/sign-in?to=${encodeURIComponent(path)}`);
    expect(await (await get(location)).text()).toContain(`name="to" value="${path}"`);
    const signedIn = await post('/sign-in', { key: till.text, to: path });
    expect(signedIn.headers.get('Location')).toBe(path);
  });

  test('is told by the API, as programs are', async () => {
    const response = await get('/api/model');
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ type: '/problems/unauthorized' });
  });

  test.each([
    '//elsewhere.example/',
    'https://elsewhere.example/',
    '/\\elsewhere.example',
    '/\t/elsewhere.example',
    'javascript:alert(1)',
    'model',
    '/sign-out',
    '/sign-in?to=/',
    `/too-long-${'x'.repeat(2000)}`,
  ])('is not led elsewhere: %.40s', async (to) => {
    const response = await post('/sign-in', { key: till.text, to });
    expect(response.status).toBe(303);
    expect(response.headers.get('Location')).toBe('/');
  });
});

describe('who brings a key', () => {
  test('is known by a cookie that no script reads and no other site sends', async () => {
    const response = await post('/sign-in', { key: ` ${till.text}\n`, to: '/' });
    expect(response.headers.get('Set-Cookie')).toMatch(
      /^plumbline-session=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    const secure = await post('/sign-in', { key: till.text, to: '/' }, { 'X-Forwarded-Proto': 'https' });
    expect(secure.headers.get('Set-Cookie')).toMatch(
      /^__Host-plumbline-session=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict; Secure$/,
    );
  });

  test('sees pages with a way out, and uses the API from them', async () => {
    const cookie = await signIn();
    const form = await get('/', cookie);
    expect(form.status).toBe(200);
    const html = await form.text();
    expect(html).toContain('action="/sign-out"');
    expect(html).toContain('Till &lt;3&gt;');
    expect((await post('/', house, cookie)).status).toBe(200);
    expect((await ask(cookie)).status).toBe(200);
    // Whoever brings the key itself has no session to leave.
    expect(await (await get('/', { Authorization: `Bearer ${till.text}` })).text()).not.toContain('/sign-out');
  });

  test('leaves, and the cookie is worth nothing any more', async () => {
    const cookie = await signIn();
    const response = await post('/sign-out', {}, cookie);
    expect(response.status).toBe(303);
    expect(response.headers.get('Set-Cookie')).toMatch(/^plumbline-session=; Max-Age=0; /);
    expect((await get('/', cookie)).status).toBe(303);
    expect((await ask(cookie)).status).toBe(401);
  });

  test('that is none is told so, without a session', async () => {
    const response = await post('/sign-in', { key: makeKey('Thief').text, to: '/model' });
    expect(response.status).toBe(401);
    expect(response.headers.get('Set-Cookie')).toBeNull();
    const html = await response.text();
    expect(html).toContain('This is no key that is known here');
    expect(html).toContain('name="to" value="/model"');
  });

  test.each([
    'plumbline-session=x',
    `plumbline-session=${'A'.repeat(43)}`,
    'plumbline-session',
    '__Host-plumbline-session=;',
  ])('cannot make up a session: %s', async (Cookie) => {
    expect((await get('/', { Cookie })).status).toBe(303);
  });
});

test('a session over HTTPS is one that no other host of the domain can have set', async () => {
  const secure = { 'X-Forwarded-Proto': 'https' };
  const own = await signIn(till.text, secure);
  expect(own.Cookie).toMatch('__Host-');
  expect((await ask({ ...own, ...secure })).status).toBe(200);
  expect((await ask({ ...(await signIn()), ...secure })).status).toBe(401);
  expect((await get('/', own)).status).toBe(303);
});

test('a key in clear text is warned of', async () => {
  expect(await (await get('/sign-in')).text()).toContain('travels in clear text');
  expect(await (await get('/sign-in', { 'X-Forwarded-Proto': 'https' })).text()).not.toContain('travels in clear text');
});

describe('a page of another site', () => {
  const foreign = [
    { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://elsewhere.example' },
    { 'Sec-Fetch-Site': 'same-site', Origin: 'http://localhost:1' },
    { Origin: 'http://localhost:1' },
    { Origin: 'null' },
  ];
  test.each(foreign)('cannot use a session: %j', async (headers) => {
    const cookie = await signIn();
    const response = await ask({ ...cookie, ...headers });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ type: '/problems/cross-origin-request' });
    expect((await post('/', house, { ...cookie, ...headers })).status).toBe(403);
    // Nor the password that a browser keeps.
    const password = { Authorization: `Basic ${Buffer.from(`:${till.text}`).toString('base64')}` };
    expect((await ask({ ...password, ...headers })).status).toBe(403);
    expect((await ask(password)).status).toBe(200);
  });

  test.each(foreign)('signs nobody in, or out: %j', async (headers) => {
    const cookie = await signIn();
    expect((await post('/sign-in', { key: till.text, to: '/' }, headers)).status).toBe(403);
    expect((await post('/sign-out', {}, { ...cookie, ...headers })).status).toBe(403);
    expect((await get('/', cookie)).status).toBe(200);
  });

  test('is not taken for one of this', async () => {
    const cookie = await signIn();
    const own = { 'Sec-Fetch-Site': 'same-origin', Origin: served.url };
    expect((await ask({ ...cookie, ...own })).status).toBe(200);
    expect((await ask({ ...cookie, Origin: served.url })).status).toBe(200);
    // Who brings a key is no browser that was misled.
    expect((await ask({ Authorization: `Bearer ${till.text}`, ...foreign[0] })).status).toBe(200);
  });
});

describe('attempts', () => {
  const limited = serve(writeHouses, { gate: new Gate({ access, attempts: new RateLimit(3), trustsProxy }) });
  const attempt = (key: string) =>
    fetch(`${limited.url}/sign-in`, {
      method: 'POST',
      body: new URLSearchParams({ key, to: '/' }),
      redirect: 'manual',
    });

  test('without end are refused, and keys are not', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 4; i++) statuses.push((await attempt('x')).status);
    expect(statuses).toEqual([401, 401, 401, 429]);
    const refused = await attempt('x');
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect((await attempt(till.text)).status).toBe(303);
  });
});

describe('a service that is open', () => {
  const open = serve(writeHouses);
  test('asks nobody, and has no such page', async () => {
    expect((await fetch(`${open.url}/sign-in`)).status).toBe(404);
    expect(await (await fetch(open.url)).text()).not.toContain('/sign-out');
  });
});

test('who has signed in is out once the key is revoked, and nobody else', async () => {
  const [cookie, other] = [await signIn(), await signIn(shop.text)];
  write(shop);
  await vi.waitFor(async () => expect((await get('/', cookie)).status).toBe(303), { timeout: 10_000, interval: 100 });
  expect((await ask(cookie)).status).toBe(401);
  expect((await get('/', other)).status).toBe(200);
});

// docs/operate/identity-provider.Caddyfile, put into the server's own Caddyfile as it says, in a real Caddy: a double of oauth2-proxy knows who
// is signed in, and one of the app notes what gets through to it.

import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { root } from '../process.ts';
import type { Report } from '../report.ts';
import { until } from '../until.ts';
import { HttpDouble } from './http-double.ts';
import type { Server } from './server.ts';

const COOKIE = '_oauth2_proxy=somebody';
const PORT = 8090;
const UNIT = 'rehearsed-caddy';

/** What oauth2-proxy does of which Caddy knows. */
class OAuth2Proxy extends HttpDouble {
  protected async answer({ url, headers }: IncomingMessage, response: ServerResponse): Promise<void> {
    const isKnown = headers.cookie?.includes(COOKIE) === true;
    if (url === '/oauth2/auth') response.writeHead(isKnown ? 202 : 401).end();
    else if (url === '/oauth2/start') {
      const back = encodeURIComponent(String(headers['x-auth-request-redirect']));
      response.writeHead(302, { Location: `https://id.test/authorize?back=${back}` }).end();
    } else if (url?.startsWith('/oauth2/callback'))
      response.writeHead(302, { Location: '/', 'Set-Cookie': `${COOKIE}; HttpOnly; Secure` }).end();
    else response.writeHead(404).end();
  }
}

/** What gets through to the app. */
interface Let {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

class App extends HttpDouble {
  /** What came, but for Caddy's own looks whether it is ready. */
  readonly came: Let[] = [];

  protected async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, url, headers } = request;
    const body = await text(request);
    if (!headers['user-agent']?.startsWith('Go-http-client')) this.came.push({ method, url, headers, body });
    response.end('served');
  }
}

export async function checkIdentityProvider(server: Server, outside: string, report: Report): Promise<void> {
  const provider = new OAuth2Proxy();
  const app = new App();
  try {
    const places = {
      provider: `${outside}:${await provider.listen(outside)}`,
      app: `${outside}:${await app.listen(outside)}`,
    };
    await startCaddy(server, caddyfile(places), report);
    await checkPeople(server, app, report);
    await checkLies(server, app, report);
    await startCaddy(server, caddyfile(places, { hasPrograms: true }), report);
    await checkPrograms(server, app, report);
    provider.close();
    const before = app.came.length;
    const { status } = await ask(server, '/', { Cookie: COOKIE });
    report.equal('without the provider nobody gets in', [status, app.came.length - before], [502, 0]);
  } finally {
    provider.close();
    app.close();
    await server.run(`systemctl stop ${UNIT}`);
  }
}

/** The server's Caddyfile with what the documents have, at another port and beside the Caddy that runs. */
function caddyfile(places: { readonly provider: string; readonly app: string }, { hasPrograms = false } = {}): string {
  const read = (path: string) => readFileSync(join(root, path), 'utf8');
  const snippet = read('docs/operate/identity-provider.Caddyfile');
  return read('infra/host/etc/caddy/Caddyfile')
    .replace('\n{\n', '\n{\n\tadmin off\n')
    .replace(
      '{$PLUMBLINE_SITE} {\n',
      () =>
        `${hasPrograms ? snippet.replace('#not', 'not') : snippet}\nhttp://:${PORT} {\n\timport identity-provider\n`,
    )
    .replaceAll('127.0.0.1:8081 127.0.0.1:8082', places.app)
    .replaceAll('127.0.0.1:4180', places.provider)
    .replace('/var/log/caddy/access.log', '/tmp/rehearsed-access.log');
}

async function startCaddy(server: Server, file: string, report: Report): Promise<void> {
  server.write('/tmp/rehearsed.Caddyfile', file);
  await server.run(`systemctl stop ${UNIT}; systemctl reset-failed ${UNIT}`);
  const { status, text: said } = await server.run(
    `systemd-run --unit=${UNIT} --setenv=HOME=/root caddy run --adapter caddyfile --config /tmp/rehearsed.Caddyfile`,
  );
  report.check('Caddy takes what the documents say', status === 0, said);
  await until(async () => (await ask(server, '/healthz').catch(() => undefined))?.status === 200, {
    timeout: 30_000,
    interval: 100,
  });
}

function ask(server: Server, path: string, headers: Record<string, string> = {}, body?: string) {
  const method = body === undefined ? 'GET' : 'POST';
  return fetch(`http://${server.address}:${PORT}${path}`, { method, headers, redirect: 'manual', body: body ?? null });
}

const page = '/?area=100&rooms=3&heating=heat%20pump';

async function checkPeople(server: Server, app: App, report: Report): Promise<void> {
  const before = app.came.length;
  const unknown = await ask(server, page);
  report.equal(
    'who is not signed in is led to the provider, and from there back to the whole address',
    [unknown.status, unknown.headers.get('Location')],
    [302, `https://id.test/authorize?back=${encodeURIComponent(page)}`],
  );
  report.equal('what they send is refused', (await ask(server, '/', {}, 'area=100')).status, 401);
  report.equal('and nothing of it gets to the app', app.came.length, before);
  const callback = await ask(server, '/oauth2/callback?code=1');
  const cookie = callback.headers.get('Set-Cookie')?.split(';')[0] ?? '';
  const served = await ask(server, page, { Cookie: cookie });
  const sent = await ask(
    server,
    '/',
    { Cookie: cookie, 'Content-Type': 'application/x-www-form-urlencoded' },
    'area=100',
  );
  report.equal('who comes from the provider is served', [served.status, sent.status], [200, 200]);
  report.equal(
    'and what they send arrives as it is',
    app.came.slice(before).map(({ method, url, body }) => [method, url, body]),
    [
      ['GET', page, ''],
      ['POST', '/', 'area=100'],
    ],
  );
  const health = await Promise.all(['/healthz', '/readyz'].map(async (path) => (await ask(server, path)).status));
  report.equal('whether it runs is told to everybody', health, [200, 200]);
}

async function checkLies(server: Server, app: App, report: Report): Promise<void> {
  const lies = {
    'X-Auth-Request-User': 'admin',
    'X-Auth-Request-Email': 'admin@example.com',
    'X-Forwarded-User': 'admin',
    'X-Forwarded-Email': 'admin@example.com',
    'X-Forwarded-Groups': 'admins',
    'X-Forwarded-Preferred-Username': 'admin',
    'X-Forwarded-Access-Token': 'token',
  };
  const before = app.came.length;
  report.equal('who only says to be somebody is not', (await ask(server, '/', lies)).status, 302);
  const bearer = { Authorization: 'Bearer anything' };
  report.equal('nor is a program with any key', (await ask(server, '/api/predictions', bearer, '{}')).status, 401);
  const turns = [
    '/healthz/../api/model',
    '/oauth2/../api/model',
    '/oauth2/..%2fapi/model',
    '//healthz',
    '/healthz/',
    '/readyz%2f..%2fapi',
  ];
  for (const path of turns) await server.run(`curl -s --path-as-is 'http://127.0.0.1:${PORT}${path}'`);
  report.equal(
    'no way leads around',
    app.came.slice(before).filter(({ url }) => url !== '/healthz'),
    [],
  );
  await ask(server, '/', { ...lies, Cookie: COOKIE });
  const told = app.came.at(-1)?.headers ?? {};
  report.equal(
    'and the app is told none of it',
    Object.keys(lies).filter((name) => name.toLowerCase() in told),
    [],
  );
}

async function checkPrograms(server: Server, app: App, report: Report): Promise<void> {
  const before = app.came.length;
  const bearer = { Authorization: 'Bearer pl_1' };
  const statuses = [
    await ask(server, '/api/predictions', bearer, '{}'),
    await ask(server, '/openapi.json', bearer),
    await ask(server, '/', bearer),
    await ask(server, '/api/model'),
    await ask(server, '/api/model', { Authorization: 'Basic pl_1' }),
  ].map(({ status }) => status);
  report.equal(
    'with ACCESS, programs get to the API with their keys, and nowhere else',
    statuses,
    [200, 200, 302, 302, 302],
  );
  report.equal(
    'which the app sees',
    app.came.slice(before).map(({ url, headers }) => [url, headers.authorization]),
    [
      ['/api/predictions', 'Bearer pl_1'],
      ['/openapi.json', 'Bearer pl_1'],
    ],
  );
}

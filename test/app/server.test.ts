import { truncateSync } from 'node:fs';
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { json, text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { train } from '../../ml/index.ts';
import { houseRows, writeHouses } from '../houses.ts';
import { start } from '../processes.ts';
import { makeFolder, temporaryFolder } from '../temporary.ts';

const folder = makeFolder();
const artifacts = join(folder, 'artifacts');
const ends: (() => void)[] = [];
beforeAll(() => train({ dataset: writeHouses(folder), models: ['linear'], artifacts }));
afterAll(() => {
  for (const end of ends) end();
});

const hasIPv6 = Object.values(networkInterfaces()).some((addresses) =>
  addresses?.some(({ address }) => address === '::1'),
);

/** Longer than any test: what drains ends by its second signal. */
const DRAIN_SECONDS = '3600';

async function startServer(
  environment: Record<string, string> = {},
  atEnd: (end: () => void) => void = onTestFinished,
) {
  const server = start(['app/server.ts'], { ARTIFACTS: artifacts, PORT: '0', ...environment }, atEnd);
  const [url] = await server.said(/http:\/\/localhost:\d+/);
  return { ...server, url, status: (path: string) => fetch(url + path).then((response) => response.status) };
}

const elsewhere = Object.values(networkInterfaces())
  .flat()
  .find((it) => it?.family === 'IPv4' && !it.internal)?.address;
const answers = (host: string, { port }: URL) =>
  fetch(`http://${host}:${port}/healthz`).then(
    ({ ok }) => ok,
    () => false,
  );

describe('by its defaults', () => {
  let server: Awaited<ReturnType<typeof startServer>>;
  beforeAll(async () => {
    server = await startServer({}, (end) => void ends.push(end));
  });

  test('it says where it is, and answers there', async () => {
    await server.said(/House prices \(release [0-9a-f]{12}\) is at/);
    expect(await server.status('/')).toBe(200);
  });

  test('it listens to this machine alone', async () => {
    expect(await answers('127.0.0.1', new URL(server.url))).toBe(true);
    if (elsewhere) expect(await answers(elsewhere, new URL(server.url))).toBe(false);
  });

  test('it keeps idle connections for longer than Caddy, and than a load balancer, does', async () => {
    const { headers } = await fetch(`${server.url}/healthz`);
    expect(headers.get('keep-alive')).toBe('timeout=150');
  });

  test('on SIGUSR2 it stands by: it asks for no requests but answers them, until SIGCONT calls it back', async () => {
    server.signal('SIGUSR2');
    await server.said(/Standing by/);
    expect(await server.status('/readyz')).toBe(503);
    expect(await server.status('/healthz')).toBe(200);
    expect(await server.status('/')).toBe(200);
    server.signal('SIGCONT');
    await server.said(/Called back/);
    expect(await server.status('/readyz')).toBe(200);
  });
});

describe('it listens where it is told', () => {
  test('on every interface', async () => {
    const { url } = await startServer({ HOST: '0.0.0.0' });
    for (const host of ['localhost', '127.0.0.1', elsewhere ?? '127.0.0.1'])
      expect(await answers(host, new URL(url)), host).toBe(true);
  });

  test.runIf(hasIPv6)('at an IPv6 address, and says so', async () => {
    const server = start(['app/server.ts'], { ARTIFACTS: artifacts, PORT: '0', HOST: '::1' });
    const [url] = await server.said(/http:\/\/\[::1\]:\d+/);
    expect(await answers('[::1]', new URL(url))).toBe(true);
    expect(await answers('127.0.0.1', new URL(url))).toBe(false);
  });
});

describe('on SIGTERM', () => {
  test('it is no longer ready at once, and serves on; a second one closes it, and it exits with 0', async () => {
    const { status, said, signal, exit } = await startServer({ DRAIN_SECONDS });
    signal('SIGTERM');
    await said(/Draining/);
    expect(await status('/readyz')).toBe(503);
    expect(await status('/healthz')).toBe(200);
    expect(await status('/')).toBe(200);
    signal('SIGTERM');
    expect(await exit).toMatchObject({ code: 0, signal: null, stderr: '' });
    await expect(status('/')).rejects.toThrow();
  });

  test('it closes by itself in the end, and a batch that it is at is answered first', async () => {
    const { url, signal, exit } = await startServer({ DRAIN_SECONDS: '0.2' });
    const batch = Array.from({ length: 5000 }, (_, i) => ({ area: 10 + (i % 400), rooms: 3, heating: 'gas' }));
    const asked = request(`${url}/api/predictions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Expect: '100-continue' },
    });
    const answer = new Promise((resolve, reject) =>
      asked.on('response', (response) => json(response).then(resolve, reject)).on('error', reject),
    );
    // It has the request once it says that it waits for the body.
    await new Promise((resolve) => asked.on('continue', resolve).flushHeaders());
    signal('SIGTERM');
    asked.end(JSON.stringify(batch));
    expect(await answer).toHaveLength(5000);
    expect(await exit).toMatchObject({ code: 0, signal: null, stderr: '' });
  });

  test('no request is lost to a balancer that heeds readyz', async () => {
    const { status, signal, exit } = await startServer({ DRAIN_SECONDS });
    const outcomes: (number | string)[] = [];
    let ready = true;
    const client = async () => {
      while (ready) outcomes.push(await status('/').catch(({ cause }) => String(cause)));
    };
    const balancer = async () => {
      while (ready) {
        ready = (await status('/readyz')) === 200;
        await sleep(50);
      }
    };
    const traffic = [balancer(), ...Array.from({ length: 8 }, client)];
    while (outcomes.length <= 20) await sleep(10);
    signal('SIGTERM');
    await Promise.all(traffic);
    signal('SIGTERM');
    expect(await exit).toMatchObject({ code: 0 });
    expect(new Set(outcomes)).toEqual(new Set([200]));
  });
});

describe('on SIGTERM, what is asked on a kept connection', () => {
  const house = `${JSON.stringify({ area: 100, rooms: 3, heating: 'gas' })}\n`;

  /** A request whose body is yet to come, on a connection that is kept. */
  function begin(url: string, type: string) {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    onTestFinished(() => agent.destroy());
    const asked: ClientRequest = request(`${url}/api/predictions`, {
      method: 'POST',
      agent,
      headers: { 'Content-Type': type, Expect: '100-continue' },
    });
    const answer = new Promise<IncomingMessage>((resolve, reject) => asked.on('response', resolve).on('error', reject));
    const taken = new Promise((resolve) => asked.on('continue', resolve).flushHeaders());
    return { agent, asked, answer, taken };
  }

  test('before is answered, and the answer closes the connection', async () => {
    const { url, signal, said, exit } = await startServer({ DRAIN_SECONDS: '0.2', FINISH_SECONDS: '3600' });
    const { asked, answer, taken } = begin(url, 'application/json');
    await taken;
    signal('SIGTERM');
    await said(/Draining/);
    asked.end(house);
    const { statusCode, headers } = (await answer).resume();
    expect({ statusCode, connection: headers.connection }).toEqual({ statusCode: 200, connection: 'close' });
    expect(await exit).toMatchObject({ code: 0, signal: null, stderr: '' });
  });

  test('before, and answered as it goes on, comes to its end, which then is that of the server', async () => {
    const { url, signal, exit } = await startServer({ DRAIN_SECONDS: '0.2', FINISH_SECONDS: '3600' });
    const { asked, answer, taken } = begin(url, 'application/x-ndjson');
    await taken;
    asked.write(house);
    // The head of the answer has said that the connection is kept.
    const response = await answer;
    expect(response.headers.connection).toBe('keep-alive');
    signal('SIGTERM');
    await expect.poll(() => answers('127.0.0.1', new URL(url)), { timeout: 10_000 }).toBe(false);
    asked.end(house);
    const lines = (await text(response)).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject(Array(2).fill({ prediction: expect.any(Number) }));
    expect(await exit).toMatchObject({ code: 0, signal: null, stderr: '' });
  });

  test('and has no end is cut off after a while, and the server exits with 0', async () => {
    const { url, signal, exit } = await startServer({ DRAIN_SECONDS: '0', FINISH_SECONDS: '0.2' });
    const { answer, taken } = begin(url, 'application/json');
    const lost = expect(answer).rejects.toThrow();
    await taken;
    signal('SIGTERM');
    await lost;
    expect(await exit).toMatchObject({ code: 0, signal: null });
  });

  test('later is answered while it drains, each time on a connection of its own', async () => {
    const { url, status, signal, said, exit } = await startServer({ DRAIN_SECONDS });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    onTestFinished(() => agent.destroy());
    const ask = () =>
      new Promise<{ reused: boolean; connection: string | undefined }>((resolve, reject) => {
        const asked = request(url, { agent }, (response) => {
          response.resume().on('end', () => {
            resolve({ reused: asked.reusedSocket, connection: response.headers.connection });
          });
        });
        asked.on('error', reject).end();
      });
    expect(await ask()).toEqual({ reused: false, connection: 'keep-alive' });
    expect(await ask()).toEqual({ reused: true, connection: 'keep-alive' });
    signal('SIGTERM');
    await said(/Draining/);
    expect(await ask()).toEqual({ reused: true, connection: 'close' });
    expect(await ask()).toEqual({ reused: false, connection: 'close' });
    expect(await status('/readyz')).toBe(503);
    signal('SIGTERM');
    expect(await exit).toMatchObject({ code: 0 });
  });
});

describe('standing by', () => {
  test('it comes back by itself where whoever asked for it does not repeat that', async () => {
    const { status, said, signal } = await startServer({ STANDBY_SECONDS: '0.2' });
    signal('SIGUSR2');
    await said(/Standing by/);
    await said(/Called back/);
    expect(await status('/readyz')).toBe(200);
  });

  test('it drains like any other', async () => {
    const { status, said, signal, exit } = await startServer({ DRAIN_SECONDS, STANDBY_SECONDS: '0.2' });
    signal('SIGUSR2');
    await said(/Standing by/);
    signal('SIGTERM');
    await said(/Draining/);
    await said(/Called back/);
    expect(await status('/readyz')).toBe(503);
    signal('SIGTERM');
    expect(await exit).toMatchObject({ code: 0, stderr: '' });
  });
});

test('Ctrl-C closes at once', async () => {
  const { signal, exit } = await startServer({ DRAIN_SECONDS });
  signal('SIGINT');
  expect(await exit).toMatchObject({ code: 0, signal: null });
});

describe('what keeps it from starting is said in a line', () => {
  const refusal = async (environment: Record<string, string>) => {
    const { code, stderr } = await start(['app/server.ts'], { ARTIFACTS: artifacts, PORT: '0', ...environment }).exit;
    expect(code).toBe(1);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    return stderr;
  };

  test('a port that is taken', async () => {
    const other = createServer();
    onTestFinished(() => void other.close());
    await new Promise<void>((resolve) => other.listen(0, resolve));
    const { port } = other.address() as AddressInfo;
    expect(await refusal({ PORT: String(port) })).toBe(
      `Error: port ${port} is taken. Choose another: PORT=${port + 1} npm start\n`,
    );
  });

  test('an address that this machine does not have, and a name that nobody knows', async () => {
    // From a range that is for documents alone.
    expect(await refusal({ HOST: '192.0.2.1' })).toContain(
      'HOST=192.0.2.1 is no address of this machine. Take 127.0.0.1',
    );
    expect(await refusal({ HOST: 'nobody.invalid' })).toContain('HOST=nobody.invalid is a name that nobody knows');
  });

  test('a setting that is wrong', async () => {
    expect(await refusal({ PORT: 'http' })).toContain('PORT=http must be a port number');
  });

  test('no release, or a damaged one', async () => {
    expect(await refusal({ ARTIFACTS: temporaryFolder() })).toMatch(/no release in .* yet\. Train one/);
    const damaged = writeHouses(temporaryFolder(), houseRows(60));
    const { path } = await train({ dataset: damaged, models: ['linear'], artifacts: join(damaged, 'artifacts') });
    truncateSync(join(path as string, 'model.json'), 3);
    expect(await refusal({ ARTIFACTS: join(damaged, 'artifacts') })).toMatch(/model\.json of release .* is truncated/);
  });
});

import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Job } from '../../app/jobs/job.ts';
import { LoopGuard } from '../../app/loop-guard.ts';
import { SlowRequests } from '../../app/slow-requests.ts';
import { train } from '../../ml/index.ts';
import { writeHouses } from '../houses.ts';
import { start } from '../processes.ts';
import { temporaryFolder } from '../temporary.ts';
import { type Asked, Load } from './load.ts';
import { serve } from './serve.ts';
import { until } from './until.ts';

const house = (i: number) => ({
  area: 10 + (i % 400),
  rooms: 1 + (i % 9),
  heating: ['gas', 'heat pump', 'none'][i % 3] as string,
});
const post = (url: string, body: unknown, query = '') =>
  fetch(`${url}/api/predictions${query}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });

describe('where the event loop is behind', () => {
  let isBehind = false;
  const served = serve(writeHouses, { isOverloaded: () => isBehind });

  test('requests are sent away until it is not, but for health checks', async () => {
    expect((await post(served.url, house(1))).status).toBe(200);
    isBehind = true;
    const refused = await post(served.url, house(1));
    expect([refused.status, refused.headers.get('Retry-After')]).toEqual([503, '5']);
    expect(await refused.json()).toMatchObject({ type: '/problems/overloaded' });
    const page = await fetch(served.url);
    expect([page.status, await page.text()]).toEqual([503, expect.stringContaining('<html')]);
    expect((await fetch(`${served.url}/readyz`)).status).toBe(200);
    isBehind = false;
    expect((await post(served.url, house(1))).status).toBe(200);
  });
});

test('a loop that is held up again and again is behind, and catches up', async () => {
  const guard = new LoopGuard(100);
  onTestFinished(() => guard.close());
  await sleep(60);
  for (const isBehind of [false, true]) {
    const end = performance.now() + 400;
    while (performance.now() < end);
    await sleep(0);
    expect(guard.isBehind).toBe(isBehind);
  }
  await until(() => (guard.isBehind ? undefined : true));
});

const heavy = serve(writeHouses, { model: 'random_forest', params: { random_forest: { n_estimators: 300 } } });

describe('while much is asked for at once', () => {
  test('health checks and single records are answered all the while, and nobody is refused', async () => {
    // As many records as an array may have.
    const { batch } = heavy.predictions.limits;
    const records = Array.from({ length: Math.floor(batch / (JSON.stringify(house(1)).length + 8)) }, (_, i) =>
      house(i),
    );
    const csv = `area,rooms,heating\n${'50,2,gas\n'.repeat(20_000)}`;
    let isBusy = true;
    const sendFile = async () => {
      const headers = { 'Content-Type': 'text/csv' };
      const sent = await fetch(`${heavy.url}/api/batch?contributions=true`, { method: 'POST', headers, body: csv });
      const { id } = (await sent.json()) as Job;
      await until(async () => {
        const job = (await (await fetch(`${heavy.url}/api/batch/${id}`)).json()) as Job;
        return job.progress.rows > 0 ? true : undefined;
      });
      await fetch(`${heavy.url}/api/batch/${id}`, { method: 'DELETE' });
      return sent.status;
    };
    const work = Promise.all([
      post(heavy.url, records).then((response) => response.arrayBuffer().then(() => response.status)),
      sendFile(),
      ...Array.from({ length: 20 }, (_, i) => post(heavy.url, house(i), '?explain=true').then(({ status }) => status)),
    ]).finally(() => {
      isBusy = false;
    });
    const others: number[] = [];
    while (isBusy) {
      others.push((await fetch(`${heavy.url}/readyz`)).status, (await post(heavy.url, house(1))).status);
      await sleep(10);
    }
    expect(await work).toEqual([200, 202, ...Array(20).fill(200)]);
    expect(new Set(others)).toEqual(new Set([200]));
    // Were it done on the event loop, that would answer only in between.
    expect(others.length).toBeGreaterThan(20);
  });
});

/** Offers a server twice what it can serve, as measured here, and sees that it sheds the rest, and serves as before once that is over. */
async function overload(asked: Asked, { requests, clients }: { requests: number; clients: number }): Promise<void> {
  const load = new Load(asked);
  onTestFinished(() => load.close());
  await load.capacity(requests / 4, clients);
  const { served, shed, others } = await load.overload(await load.capacity(requests, clients), 20);
  expect([...others]).toEqual([]);
  expect(shed).toBeGreaterThanOrEqual(20);
  expect(served).toBeGreaterThan(0);
  await until(async () => ((await load.ask()) === 'served' ? true : undefined));
  // It throws where one is not served.
  await load.capacity(requests, clients);
}

describe('offered twice what it can serve', () => {
  test('where large requests wait for threads', { timeout: 120_000 }, async () => {
    const records = Array.from({ length: 1000 }, (_, i) => house(i));
    const url = `${heavy.url}/api/predictions`;
    await overload({ url, type: 'application/json', body: JSON.stringify(records) }, { requests: 40, clients: 4 });
    expect((await fetch(`${heavy.url}/readyz`)).status).toBe(200);
    expect(heavy.predictions.waiting).toBe(0);
  });

  test('where short requests wait for the event loop', { timeout: 120_000 }, async () => {
    const folder = temporaryFolder();
    const artifacts = join(folder, 'artifacts');
    await train({ dataset: writeHouses(folder), models: ['linear'], artifacts });
    const server = start(['app/server.ts'], { ARTIFACTS: artifacts, PORT: '0', LOG_LEVEL: 'error' });
    const [url] = await server.said(/http:\/\/localhost:\d+/);
    const body = new URLSearchParams({ area: '100', rooms: '3', heating: 'gas' }).toString();
    const type = 'application/x-www-form-urlencoded';
    await overload({ url: url.replace('localhost', '127.0.0.1'), type, body }, { requests: 400, clients: 8 });
    server.signal('SIGINT');
    expect(await server.exit).toMatchObject({ code: 0, stderr: '' });
  });
});

test('a body that does not come is not waited for, but for a file', async () => {
  const slow = new SlowRequests(100);
  const server = createServer(() => {}).on('request', slow.listener);
  await new Promise<void>((resolve) => server.listen(0, resolve));
  onTestFinished(() => {
    slow.close();
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  const send = (path: string) => {
    const sent = request({ port, path, method: 'POST' });
    sent.on('error', () => {});
    sent.write('{');
    onTestFinished(() => void sent.destroy());
    return new Promise<number | undefined>((resolve) => sent.once('response', ({ statusCode }) => resolve(statusCode)));
  };
  const file = send('/api/v1/batch?interval=true');
  expect(await send('/api/predictions')).toBe(408);
  expect(await Promise.race([file, sleep(0).then(() => 'still coming')])).toBe('still coming');
});

test('an answer that nobody takes is not kept, nor what it holds', async () => {
  const slow = new SlowRequests(50);
  const closed = Promise.withResolvers<boolean>();
  const server = createServer(async (received, response) => {
    response.once('close', () => closed.resolve(response.writableFinished));
    for await (const _ of received);
    response.end(Buffer.alloc(50_000_000));
  }).on('request', slow.listener);
  await new Promise<void>((resolve) => server.listen(0, resolve));
  onTestFinished(() => {
    slow.close();
    server.close();
    server.closeAllConnections();
  });
  const sent = request({ port: (server.address() as AddressInfo).port, method: 'POST' });
  sent.on('error', () => {}).end(Buffer.alloc(20_000));
  sent.once('response', (response) => response.on('error', () => {}).pause());
  expect(await closed.promise).toBe(false);
  sent.destroy();
});

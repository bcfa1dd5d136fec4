import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Job } from '../../app/jobs/job.ts';
import { LoopGuard } from '../../app/loop-guard.ts';
import { SlowRequests } from '../../app/slow-requests.ts';
import { writeHouses } from '../houses.ts';
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

describe('while much is asked for at once', () => {
  const served = serve(writeHouses, { model: 'random_forest', params: { random_forest: { n_estimators: 300 } } });

  test('health checks and single records are answered all the while, and nobody is refused', async () => {
    // As many records as an array may have.
    const { batch } = served.predictions.limits;
    const records = Array.from({ length: Math.floor(batch / (JSON.stringify(house(1)).length + 8)) }, (_, i) =>
      house(i),
    );
    const csv = `area,rooms,heating\n${'50,2,gas\n'.repeat(20_000)}`;
    let isBusy = true;
    const sendFile = async () => {
      const headers = { 'Content-Type': 'text/csv' };
      const sent = await fetch(`${served.url}/api/batch?contributions=true`, { method: 'POST', headers, body: csv });
      const { id } = (await sent.json()) as Job;
      await until(async () => {
        const job = (await (await fetch(`${served.url}/api/batch/${id}`)).json()) as Job;
        return job.progress.rows > 0 ? true : undefined;
      });
      await fetch(`${served.url}/api/batch/${id}`, { method: 'DELETE' });
      return sent.status;
    };
    const work = Promise.all([
      post(served.url, records).then((response) => response.arrayBuffer().then(() => response.status)),
      sendFile(),
      ...Array.from({ length: 20 }, (_, i) => post(served.url, house(i), '?explain=true').then(({ status }) => status)),
    ]).finally(() => {
      isBusy = false;
    });
    const others: number[] = [];
    while (isBusy) {
      others.push((await fetch(`${served.url}/readyz`)).status, (await post(served.url, house(1))).status);
      await sleep(10);
    }
    expect(await work).toEqual([200, 202, ...Array(20).fill(200)]);
    expect(new Set(others)).toEqual(new Set([200]));
    // Were it done on the event loop, that would answer only in between.
    expect(others.length).toBeGreaterThan(20);
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

import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { writeHouses } from '../../houses.ts';
import { serve } from '../serve.ts';

const house = (i: number) => ({
  area: 10 + (i % 400),
  rooms: 1 + (i % 9),
  heating: ['gas', 'heat pump', 'none'][i % 3] as string,
});
const houses = (n: number) => Array.from({ length: n }, (_, i) => house(i));

function post(url: string, body: unknown, init: RequestInit = {}): Promise<Response> {
  const headers = { 'Content-Type': 'application/json' };
  return fetch(`${url}/api/predictions`, { method: 'POST', headers, body: JSON.stringify(body), ...init });
}

const predictionsOf = async (response: Response) =>
  ((await response.json()) as { prediction: number }[]).map(({ prediction }) => prediction);

describe('a batch', () => {
  const served = serve(writeHouses);

  test('is predicted like each of its records, by the release that the server started with', async () => {
    const batch = houses(5000);
    const expected = batch.map((record) => served.predictor.predict(record));
    rmSync(served.artifacts, { recursive: true });
    const response = await post(served.url, batch);
    expect(response.status).toBe(200);
    expect(response.headers.get('Content-Type')).toBe('application/json; charset=utf-8');
    expect(await predictionsOf(response)).toEqual(expected);
  });

  test('is refused like a record', async () => {
    const batch = [...houses(5000), { ...house(0), area: 9 }];
    const response = await post(served.url, batch);
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      detail: 'The record does not fit the declaration.',
      errors: [{ field: 'area', pointer: '#/5000/area', detail: 'must be a number from 10 to 500' }],
    });
    const text = JSON.stringify(houses(5000)).replace('"rooms":1', '"rooms":1,"rooms":2');
    const twice = await post(served.url, undefined, { body: text });
    expect(twice.status).toBe(400);
    expect(await twice.json()).toMatchObject({ detail: 'A field is there twice.' });
  });
});

describe('while long batches are predicted', () => {
  const served = serve(writeHouses, { model: 'random_forest', params: { random_forest: { n_estimators: 300 } } });

  test('explained ones leave the event loop free too', async () => {
    let waiting = 2;
    const batches = Array.from({ length: waiting }, async () => {
      const headers = { 'Content-Type': 'application/json' };
      const body = JSON.stringify(houses(2000));
      const { status } = await fetch(`${served.url}/api/predictions?explain=true`, { method: 'POST', headers, body });
      waiting -= 1;
      return status;
    });
    let answers = 0;
    while (waiting > 0) {
      expect((await fetch(`${served.url}/readyz`)).status).toBe(200);
      answers += 1;
      await sleep(10);
    }
    expect(await Promise.all(batches)).toEqual([200, 200]);
    expect(answers).toBeGreaterThan(10);
  });

  test('the event loop is free: health and single records are answered meanwhile', async () => {
    let waiting = 6;
    const batches = Array.from({ length: waiting }, async () => {
      const { status } = await post(served.url, houses(15_000));
      waiting -= 1;
      return status;
    });
    let answers = 0;
    while (waiting > 0) {
      expect((await fetch(`${served.url}/readyz`)).status).toBe(200);
      expect((await post(served.url, house(1))).status).toBe(200);
      answers += 1;
      await sleep(10);
    }
    expect(await Promise.all(batches)).toEqual(Array(6).fill(200));
    // Were the batches predicted on the event loop, it would answer only in between them.
    expect(answers).toBeGreaterThan(10);
  });
});

describe('where there is too much to do', () => {
  const served = serve(writeHouses, {
    model: 'random_forest',
    params: { random_forest: { n_estimators: 300 } },
    threads: 1,
    // Of which a client alone takes half.
    maxLarge: 4,
  });

  /** Three large batches at once, of which there is room for two. */
  const three = (init?: RequestInit) => [1, 2, 3].map(() => post(served.url, houses(15_000), init));
  const busyStatus = 503;

  test('batches are sent away until there is room; single records are not', async () => {
    let busy: Response | undefined;
    // On a busy machine the third may come when the first is done.
    while (!busy) {
      const [single, ...batches] = await Promise.all([post(served.url, house(1)), ...three()]);
      expect(single?.status).toBe(200);
      busy = batches.find(({ status }) => status === busyStatus);
      expect(batches.filter((batch) => batch !== busy).map(({ status }) => status)).toEqual(
        busy ? [200, 200] : [200, 200, 200],
      );
    }
    expect(Number(busy.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect(await busy.json()).toMatchObject({ detail: expect.stringContaining('Try again') });
    expect((await post(served.url, houses(2000))).status).toBe(200);
  });

  test('what nobody waits for any more makes room', async () => {
    let abandoned: string[] = [];
    while (!abandoned.includes('AbortError')) {
      const controller = new AbortController();
      const batches = three({ signal: controller.signal });
      // The one that is sent away is answered first.
      await Promise.race(batches);
      controller.abort();
      abandoned = await Promise.all(
        batches.map((batch) =>
          batch.then(
            ({ status }) => String(status),
            ({ name }) => name,
          ),
        ),
      );
    }
    let { status } = await post(served.url, houses(2000));
    while (status === busyStatus) ({ status } = await post(served.url, houses(2000)));
    expect(status).toBe(200);
    expect(served.logged.filter((line) => line.includes('"level":50'))).toEqual([]);
  });
});

describe('a task that takes too long', () => {
  const served = serve(writeHouses, {
    model: 'random_forest',
    params: { random_forest: { n_estimators: 300 } },
    seconds: 0.001,
  });

  test('is given up, and the next is not kept waiting by it', async () => {
    const response = await post(served.url, houses(20_000));
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ detail: expect.stringContaining('Send fewer records at a time') });
  });
});

describe('a thread that crashes', () => {
  // Too little to parse a large batch in, and enough for a small one.
  const served = serve(writeHouses, { threads: 1, threadMemoryMb: 24 });

  test('costs the request that it was at, and is replaced', async () => {
    expect((await post(served.url, houses(1000))).status).toBe(200);
    const [crashed, waiting] = await Promise.all([
      post(served.url, undefined, { body: `[${'{},'.repeat(340_000)}{}]` }),
      post(served.url, houses(1000)),
    ]);
    expect(crashed.status).toBe(500);
    expect(await crashed.json()).toMatchObject({ detail: 'Something went wrong on our side.' });
    expect(waiting.status).toBe(200);
    expect(served.logged).toEqual([expect.stringContaining('ERR_WORKER_OUT_OF_MEMORY')]);
    expect((await post(served.url, houses(1000))).status).toBe(200);
  });
});

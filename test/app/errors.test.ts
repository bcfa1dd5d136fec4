import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { App } from '../../app/app.ts';
import { writeHouses } from '../houses.ts';
import { serve } from './serve.ts';

const secret = 'SECRET at /home/somebody/model.json';
// Made once: where an error takes longer to make than a prediction, threads predict instead.
const bug = new Error(secret);
const broken = () => {
  throw bug;
};
const served = serve(writeHouses, {
  wrap: (predictor) => ({ ...predictor, predict: broken, predictAll: broken, explain: broken, explainAll: broken }),
});

test('a bug is a 500 without a word of detail; the log has it all', async () => {
  const record = JSON.stringify({ area: 100, rooms: 3, heating: 'gas' });
  const ask = (query: string) =>
    fetch(`${served.url}/api/predictions${query}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: record,
    });
  const api = await ask('');
  const explained = await ask('?explain=true');
  const form = await fetch(served.url, {
    method: 'POST',
    body: new URLSearchParams({ area: '100', rooms: '3', heating: 'gas' }),
  });
  for (const response of [api, explained, form]) {
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(text).toContain('Something went wrong on our side.');
    expect(text).not.toMatch(/SECRET|at .*\.ts|node_modules/);
  }
  expect(served.logged).toHaveLength(3);
  expect(served.logged[0]).toContain(secret);
  expect(JSON.parse(served.logged[0] as string)).toMatchObject({ method: 'POST', route: '/api/predictions' });
  expect(JSON.parse(served.logged[2] as string)).toMatchObject({ method: 'POST', route: '/' });
});

test('a page that does not exist is a page', async () => {
  const response = await fetch(`${served.url}/<script>`);
  expect(response.status).toBe(404);
  expect(response.headers.get('Content-Type')).toMatch('text/html');
  const text = await response.text();
  expect(text).toContain('Back to the form');
  expect(text).not.toContain('<script>');
});

test('not even an error in handling an error shows a stack', async () => {
  const logger = Object.assign(pino({ enabled: false }), { error: broken });
  const server = createServer(new App({ predictions: served.predictions, logger }).listener);
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  const response = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams({ area: '100', rooms: '3', heating: 'gas' }),
  });
  expect(response.status).toBe(500);
  expect(response.headers.get('X-Powered-By')).toBeNull();
  expect(await response.text()).not.toMatch(/SECRET|at .*\.ts|node_modules/);
});

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { metricsServer } from '../../../app/metrics/metrics-server.ts';
import { Metrics } from '../../../app/metrics/prometheus.ts';
import { writeHouses } from '../../houses.ts';
import { serve } from '../serve.ts';
import { until } from '../until.ts';

const metrics = new Metrics(() => served.predictions, '1.2.3');
const served = serve(writeHouses, { meter: metrics });
const house = { area: 120, rooms: 3, heating: 'gas' };

const post = async (body: unknown, query = '', type = 'application/json') => {
  const response = await fetch(`${served.url}/api/predictions${query}`, {
    method: 'POST',
    headers: { 'Content-Type': type },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  await response.arrayBuffer();
};

/** The value of a series. */
async function value(series: string): Promise<number | undefined> {
  const { text } = await metrics.told();
  const line = text.split('\n').find((each) => each.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
}

beforeAll(async () => {
  await post(house);
  await post([house, house]);
  await post([house, { ...house, area: 499 }], '?explain=true');
  await post({ ...house, rooms: 0 });
  await post(
    `${JSON.stringify(house)}
7
`,
    '',
    'application/x-ndjson',
  );
  await fetch(served.url, { method: 'POST', body: new URLSearchParams({ ...house, area: '400', rooms: '3' }) });
  await fetch(served.url, { method: 'POST', body: new URLSearchParams({ area: 'x' }) });
  await fetch(`${served.url}/api/somebody@example.org`);
  await until(async () => ((await value('plumbline_http_requests_in_flight')) === 0 ? true : undefined));
});

test.each([
  ['plumbline_http_requests_total{route="/api/predictions",status="2xx"}', 4],
  ['plumbline_http_requests_total{route="/api/predictions",status="4xx"}', 1],
  ['plumbline_http_requests_total{route="/",status="2xx"}', 1],
  ['plumbline_http_requests_total{route="/",status="4xx"}', 1],
  ['plumbline_http_requests_total{route="/api/*",status="4xx"}', 1],
  ['plumbline_http_request_seconds_count{route="/api/predictions"}', 5],
  ['plumbline_http_request_seconds_bucket{le="+Inf",route="/api/predictions"}', 5],
  ['plumbline_predictions_total', 7],
  ['plumbline_explained_predictions_total', 3],
  ['plumbline_outside_predictions_total', 2],
  ['plumbline_validation_failures_total', 3],
  ['plumbline_tasks_waiting', 0],
])('%s is %d', async (series, expected) => {
  expect(await value(series)).toBe(expected);
});

test('what serves is told, and how the process does', async () => {
  const { release, modelTitle } = served.predictor;
  expect(await value(`plumbline_release_info{release="${release}",model="${modelTitle}",version="1.2.3"}`)).toBe(1);
  expect(await value('process_resident_memory_bytes')).toBeGreaterThan(1e7);
  expect(await value('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThanOrEqual(0);
});

test('a server of its own tells it, and nothing else', async () => {
  const server = metricsServer(metrics, pino({ enabled: false }));
  onTestFinished(() => void server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const response = await fetch(`${url}/metrics`);
  expect(response.headers.get('Content-Type')).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(await response.text()).toContain('plumbline_predictions_total 7');
  expect((await fetch(`${url}/`)).status).toBe(404);
  expect((await fetch(`${url}/metrics`, { method: 'POST' })).status).toBe(405);
  expect((await fetch(`${url}/metrics?name[]=up`)).status).toBe(200);
  expect((await fetch(`${url}/metrics`, { method: 'HEAD' })).status).toBe(200);
  expect((await fetch(`${served.url}/metrics`)).status).toBe(404);
});

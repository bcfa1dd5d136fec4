import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { Metrics } from '../../../app/metrics/prometheus.ts';
import { temporaryFolder } from '../../temporary.ts';

const script = join(import.meta.dirname, '../../../infra/host/figures.sh');

/** A colour of the app, whose metrics are those that it really tells. */
async function colour() {
  let metrics = counting();
  const server = createServer(async (_, response) => response.end((await metrics.told()).text));
  onTestFinished(() => void server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`,
    request: (seconds: number, route = '/api/predictions') => metrics.requestEnded(route, 200, seconds),
    predict: (records: number, outside?: number) => metrics.predicted({ records, outside, refused: 0 }),
    startAgain: () => {
      metrics = counting();
    },
  };
}

function counting(): Metrics {
  const none = () => ({ waiting: 0, predictor: { release: 'r', modelTitle: 'm' } });
  return new Metrics(none, '1');
}

async function figures(folder: string, ...urls: string[]): Promise<unknown> {
  const env = { ...process.env, STATE_DIRECTORY: folder };
  const { stdout } = await promisify(execFile)('bash', [script, ...urls], { env });
  return JSON.parse(`{${stdout.replace(/^,/, '')}}`);
}

test('what the app did since the last time is told, of both colours', async () => {
  const [folder, blue, green] = [temporaryFolder(), await colour(), await colour()];
  const ask = () => figures(folder, blue.url, green.url);
  expect(await ask()).toEqual({ requests: 0, predictions: 0 });
  for (let i = 0; i < 99; i++) blue.request(0.02);
  green.request(4);
  blue.request(9, '/readyz');
  blue.predict(10);
  green.predict(8, 2);
  expect(await ask()).toEqual({ requests: 100, latency_p99_ms: 25, predictions: 18, outside_percent: 25 });
  expect(await ask()).toEqual({ requests: 0, predictions: 0 });
  blue.request(0.02);
  green.request(4);
  expect(await ask()).toEqual({ requests: 2, latency_p99_ms: 5000, predictions: 0 });
});

test('a colour that is not there is not told of, and one without any says nothing', async () => {
  const [folder, blue] = [temporaryFolder(), await colour()];
  blue.predict(3);
  expect(await figures(folder, blue.url, 'http://127.0.0.1:1/metrics')).toEqual({ requests: 0, predictions: 3 });
  expect(await figures(temporaryFolder(), 'http://127.0.0.1:1/metrics')).toEqual({});
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { DataError, loadRelease, ReleaseError } from '../ml/index.ts';
import { listenError, urlOf } from './address.ts';
import { createApp } from './app.ts';
import { ConfigError, readConfig } from './config.ts';
import { drainOnSignals } from './drain.ts';
import type { Readiness } from './health.ts';
import { Predictions } from './predictions/predictions.ts';
import { standByOnSignals } from './standby.ts';

// Longer than a proxy keeps an idle connection (Caddy: two minutes). Otherwise a request may set out just when this end
// closes, and one that is not safe to repeat is lost.
const KEEP_ALIVE_MS = 150_000;

try {
  await serve();
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof DataError || error instanceof ReleaseError)) throw error;
  console.error(`Error: ${error.message}`);
  process.exitCode = 1;
}

async function serve(): Promise<void> {
  const { host, port, artifacts, drainSeconds, standbySeconds } = readConfig(process.env);
  const predictions = new Predictions(await loadRelease(artifacts));
  let draining = false;
  let standingBy = false;
  const readiness = (): Readiness => (draining ? 'draining' : standingBy ? 'standby' : 'ready');
  const server = createServer(createApp({ predictions, logger: pino(), readiness }));
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  drainOnSignals(server, drainSeconds, () => {
    draining = true;
    console.log(`Draining: serving for ${drainSeconds} s more`);
  });
  standByOnSignals(standbySeconds, (now) => {
    standingBy = now;
    console.log(now ? 'Standing by: another version is tried' : 'Called back: ready again');
  });
  server.on('error', (error: NodeJS.ErrnoException) => {
    console.error(`Error: ${listenError(error, host, port)}`);
    process.exitCode = 1;
  });
  // Once nobody can ask any more.
  server.on('close', () => void predictions.close());
  server.listen(port, host, () => {
    const { release, manifest } = predictions.predictor;
    const url = urlOf(host, (server.address() as AddressInfo).port);
    console.log(`${manifest.dataset.title} (release ${release}) is at ${url}`);
  });
}

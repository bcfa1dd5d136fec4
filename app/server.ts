import './parse-once.ts';
import type { AddressInfo } from 'node:net';
import { DataError, type LoadedRelease, loadRelease, ReleaseError } from '../ml/serving.ts';
import { listenError, urlOf } from './address.ts';
import { App } from './app.ts';
import { ConfigError, readConfig } from './config.ts';
import { drainOnSignals } from './drain.ts';
import type { Readiness } from './health.ts';
import { Jobs } from './jobs/jobs.ts';
import { openLog } from './log/logger.ts';
import { LoopGuard } from './loop-guard.ts';
import { openMetrics } from './metrics/open-metrics.ts';
import { createServer } from './node-http.ts';
import { openGate } from './open-gate.ts';
import { Predictions } from './predictions/predictions.ts';
import { Reloader } from './reload/reloader.ts';
import { watchRelease } from './reload/watch-release.ts';
import { SlowRequests } from './slow-requests.ts';
import { standByOnSignals } from './standby.ts';

// Longer than a proxy keeps an idle connection (Caddy: two minutes; Amazon's load balancers: one). Otherwise a request may set out
// just when this end closes, and one that is not safe to repeat is lost.
const KEEP_ALIVE_MS = 150_000;

// Headers have to come within a minute, what is sent line by line within five, and files within an hour, whatever Node's
// defaults are. A connection on which nothing moves for longer than any answer takes has a client that does not take it.
const SLOW_CLIENTS = { headersTimeout: 60_000, requestTimeout: 3_600_000 };
const SLOW_BODY_MS = 300_000;
const STALLED_MS = 310_000;
// When pages are loaded unless somebody asks before.
const WARM_MS = 500;

try {
  await serve();
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof DataError || error instanceof ReleaseError)) throw error;
  fail(error.message);
}

async function serve(): Promise<void> {
  const config = readConfig(process.env, process.stdout.isTTY);
  const { host, port, artifacts, drainSeconds, finishSeconds, standbySeconds } = config;
  const logger = openLog(config.logLevel);
  const { meter, listen: listenForMetrics } = await openMetrics(config.metrics, logger, () => app.predictions);
  let draining = false;
  let standingBy = false;
  const readiness = (): Readiness => (draining ? 'draining' : standingBy ? 'standby' : 'ready');
  const predictionsOf = (release: LoadedRelease) => new Predictions(release, undefined, { meter });
  const predictions = predictionsOf(await loadRelease(artifacts));
  const gate = await openGate(config, logger);
  const jobs = new Jobs({ folder: config.batches, release: () => app.predictions.release, logger, meter });
  const guard = new LoopGuard();
  const isOverloaded = () => guard.isBehind;
  const app = new App({ predictions, logger, readiness, meter, gate, jobs, isOverloaded, proxies: config.proxies });
  const slow = new SlowRequests(SLOW_BODY_MS);
  const server = createServer(SLOW_CLIENTS, app.listener).on('request', slow.listener);
  server.timeout = STALLED_MS;
  const reloader = new Reloader({
    artifacts,
    serving: () => app.predictions.predictor.release,
    serve: (release) => app.replace(predictionsOf(release)),
    logger,
  });
  const takesHangup = !process.stdout.isTTY;
  const endWatch = watchRelease({ artifacts, takesHangup, logger }, () => void reloader.look());
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  drainOnSignals(server, {
    seconds: drainSeconds,
    finishSeconds,
    onDrain: () => {
      draining = true;
      console.log(`Draining: serving for ${drainSeconds} s more`);
    },
  });
  standByOnSignals(standbySeconds, (now) => {
    standingBy = now;
    console.log(now ? 'Standing by: another version is tried' : 'Called back: ready again');
  });
  server.on('error', (error: NodeJS.ErrnoException) => fail(listenError(error, host, port)));
  // Once nobody can ask any more.
  server.on('close', () => {
    endWatch();
    void jobs.close();
    guard.close();
    slow.close();
    void app.predictions.close();
  });
  const metricsUrl = await listenForMetrics();
  server.listen(port, host, () => {
    const { release, manifest } = app.predictions.predictor;
    const url = urlOf(host, (server.address() as AddressInfo).port);
    console.log(`${manifest.dataset.title} (release ${release}) is at ${url}`);
    if (metricsUrl !== undefined) console.log(`Metrics are at ${metricsUrl}`);
    // So that the first visitor does not wait for them, nor the first program.
    setTimeout(() => {
      app.warm().catch((error) => logger.error({ err: error }, 'the pages cannot be loaded'));
      jobs.start();
    }, WARM_MS).unref();
  });
}

function fail(message: string): void {
  console.error(`Error: ${message}`);
  process.exitCode = 1;
}

import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { listenError, urlOf } from '../address.ts';
import { ConfigError, type MetricsConfig } from '../config.ts';
import { type Meter, noMeter } from './meter.ts';
import type { Serving } from './prometheus.ts';

/** What counts, and what tells it. */
export interface OpenMetrics {
  readonly meter: Meter;
  /**
   * Serves what is counted, once there is something that serves.
   *
   * @returns its address; undefined where nobody asked for it
   * @throws ConfigError where its port cannot be listened at
   */
  listen(): Promise<string | undefined>;
}

/** @param config where to tell, undefined for nowhere. @param serving what serves when somebody asks for the figures */
export async function openMetrics(
  config: MetricsConfig | undefined,
  logger: Logger,
  serving: () => Serving,
): Promise<OpenMetrics> {
  if (config === undefined) return { meter: noMeter, listen: async () => undefined };
  const { host, port } = config;
  // Loaded by those alone who want it.
  const [{ Metrics }, { metricsServer }] = await Promise.all([
    import('./prometheus.ts'),
    import('./metrics-server.ts'),
  ]);
  const metrics = new Metrics(serving, versionOfPlumbline());
  const server = metricsServer(metrics, logger);
  return {
    meter: metrics,
    listen: () =>
      new Promise((resolve, reject) => {
        server.once('error', (cause: NodeJS.ErrnoException) => {
          reject(new ConfigError(listenError(cause, host, port, 'METRICS_'), { cause }));
        });
        server.listen(port, host, () => resolve(`${urlOf(host, (server.address() as AddressInfo).port)}/metrics`));
      }),
  };
}

function versionOfPlumbline(): string {
  return JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version;
}

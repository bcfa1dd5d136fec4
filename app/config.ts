import { join } from 'node:path';
import { z } from 'zod';
import { datasetFolder, releasesFolder } from '../ml/serving.ts';
import { hostFrom } from './address.ts';
import { isProxyList } from './client-address.ts';

/** A day; a timer of more than 24 of them would go off at once. */
const MOST_SECONDS = 86_400;
const seconds = z.coerce
  .number('must be a number of seconds')
  .min(0, 'must not be negative')
  .max(MOST_SECONDS, `must be at most ${MOST_SECONDS}, a day`);
const host = z.string().trim().transform(hostFrom).pipe(z.string('must be an address or a name, without a port'));
const port = z.coerce
  .number('must be a port number')
  .int('must be a port number')
  .min(0, 'must be a port number')
  .max(65535, 'must be at most 65535');
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

const settings = z.object({
  HOST: host.default('127.0.0.1'),
  PORT: port.default(8080),
  ARTIFACTS: z.string().trim().optional(),
  BATCHES: z.string().trim().optional(),
  DRAIN_SECONDS: seconds.default(5),
  FINISH_SECONDS: seconds.default(10),
  STANDBY_SECONDS: seconds.default(30),
  METRICS_HOST: host.default('127.0.0.1'),
  METRICS_PORT: port.optional(),
  ACCESS: z.string().trim().optional(),
  DOMAIN: z.string().trim().optional(),
  RATE_LIMIT: z.coerce
    .number('must be a number of requests a minute')
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .optional(),
  PROXIES: z
    .string()
    .trim()
    .refine(
      isProxyList,
      'must be addresses or subnets of proxies, or loopback, linklocal or uniquelocal, separated by commas',
    )
    .default('loopback'),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of: ${LOG_LEVELS.join(', ')}`).optional(),
});

/** A setting in the environment is wrong. */
export class ConfigError extends Error {}

/** Where metrics are asked for. */
export interface MetricsConfig {
  /** @default 127.0.0.1, which is this machine alone */
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
}

export interface Config {
  /** The address to listen at, or its name. @default 127.0.0.1, which is this machine alone */
  readonly host: string;
  /** The port to listen at; 0 takes any free one. @default 8080 */
  readonly port: number;
  /** The folder of releases. @default that of the data set which the settings name */
  readonly artifacts: string;
  /** The folder of files that are predicted. @default batches in that of releases */
  readonly batches: string;
  /** How long to serve on after SIGTERM, in seconds. @default 5 */
  readonly drainSeconds: number;
  /** How long what was asked by then may still take, in seconds. @default 10 */
  readonly finishSeconds: number;
  /** How long to stand by after the last SIGUSR2 unless called back, in seconds. @default 30 */
  readonly standbySeconds: number;
  /** Lines below it are not logged. @default info; warn on a terminal, where somebody wants to read what is said */
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** @default undefined: nowhere */
  readonly metrics: MetricsConfig | undefined;
  /** The file of keys, one of which is asked for. @default undefined: everybody may use the service */
  readonly access: string | undefined;
  /** The name by which the service is reached over HTTPS. @default undefined: it may be plain HTTP */
  readonly domain: string | undefined;
  /** How many requests of one client are answered within a minute. @default undefined: any number */
  readonly rateLimit: number | undefined;
  /** Whose word counts of who asks, and by which scheme. @default loopback */
  readonly proxies: string;
}

/**
 * Reads the settings from the environment; an empty one counts as not set.
 *
 * @param isTerminal whether a person reads what is logged
 * @throws ConfigError naming each setting that is wrong. @throws DataError, ReleaseError where the data set's is.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>, isTerminal = false): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const parsed = settings.safeParse(given);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map(
      ({ path, message }) => `${path.join('.')}=${given[String(path[0])]} ${message}`,
    );
    throw new ConfigError(`in the environment, ${wrong.join('; ')}`);
  }
  const { HOST, PORT, ARTIFACTS, METRICS_HOST, METRICS_PORT, LOG_LEVEL, ...others } = parsed.data;
  const artifacts = ARTIFACTS ?? releasesFolder(datasetFolder(undefined, environment));
  return {
    host: HOST,
    port: PORT,
    artifacts,
    batches: others.BATCHES ?? join(artifacts, 'batches'),
    drainSeconds: others.DRAIN_SECONDS,
    finishSeconds: others.FINISH_SECONDS,
    standbySeconds: others.STANDBY_SECONDS,
    logLevel: LOG_LEVEL ?? (isTerminal ? 'warn' : 'info'),
    metrics: METRICS_PORT === undefined ? undefined : { host: METRICS_HOST, port: METRICS_PORT },
    access: others.ACCESS,
    domain: others.DOMAIN,
    rateLimit: others.RATE_LIMIT,
    proxies: others.PROXIES,
  };
}

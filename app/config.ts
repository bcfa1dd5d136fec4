import { z } from 'zod';
import { datasetFolder, releasesFolder } from '../ml/index.ts';
import { hostFrom } from './address.ts';

const seconds = z.coerce.number('must be a number of seconds').min(0, 'must not be negative');

const settings = z.object({
  HOST: z
    .string()
    .trim()
    .transform(hostFrom)
    .pipe(z.string('must be an address or a name, without a port'))
    .default('127.0.0.1'),
  PORT: z.coerce
    .number('must be a port number')
    .int('must be a port number')
    .min(0, 'must be a port number')
    .max(65535, 'must be at most 65535')
    .default(8080),
  ARTIFACTS: z.string().trim().optional(),
  DRAIN_SECONDS: seconds.default(5),
  STANDBY_SECONDS: seconds.default(30),
});

/** A setting in the environment is wrong. */
export class ConfigError extends Error {}

export interface Config {
  /** The address to listen at, or its name. @default 127.0.0.1, which is this machine alone */
  readonly host: string;
  /** The port to listen at; 0 takes any free one. @default 8080 */
  readonly port: number;
  /** The folder of releases. @default that of the data set which the settings name */
  readonly artifacts: string;
  /** How long to serve on after SIGTERM, in seconds. @default 5 */
  readonly drainSeconds: number;
  /** How long to stand by after the last SIGUSR2 unless called back, in seconds. @default 30 */
  readonly standbySeconds: number;
}

/**
 * Reads the settings from the environment; an empty one counts as not set.
 *
 * @throws ConfigError naming each setting that is wrong. @throws DataError, ReleaseError where the data set's is.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const parsed = settings.safeParse(given);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map(
      ({ path, message }) => `${path.join('.')}=${given[String(path[0])]} ${message}`,
    );
    throw new ConfigError(`in the environment, ${wrong.join('; ')}`);
  }
  const { HOST, PORT, ARTIFACTS, DRAIN_SECONDS, STANDBY_SECONDS } = parsed.data;
  return {
    host: HOST,
    port: PORT,
    artifacts: ARTIFACTS ?? releasesFolder(datasetFolder(undefined, environment)),
    drainSeconds: DRAIN_SECONDS,
    standbySeconds: STANDBY_SECONDS,
  };
}

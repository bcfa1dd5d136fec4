import type { Logger } from 'pino';
import { Access } from './access/access.ts';
import { proxyTrust } from './client-address.ts';
import type { Config } from './config.ts';
import { Gate } from './gate.ts';
import type { RateLimit } from './rate/rate-limit.ts';

const IN_CLEAR =
  'keys travel in clear text unless something in front speaks HTTPS; where it does, set DOMAIN to the name that people use';

/** So often a client may try what is no key, within a minute. */
const ATTEMPTS = 10;

/** What requests have to pass by the settings; undefined where that is nothing. @throws ConfigError where the file of keys cannot be read */
export async function openGate(
  { access: path, domain, rateLimit, proxies }: Config,
  logger: Logger,
): Promise<Gate | undefined> {
  if (path === undefined && rateLimit === undefined) return undefined;
  const access = path === undefined ? undefined : await Access.open(path, logger);
  if (access && domain === undefined) logger.warn(IN_CLEAR);
  const rate = rateLimit === undefined ? undefined : await limitTo(rateLimit);
  const attempts = access && (await limitTo(ATTEMPTS));
  return new Gate({ access, attempts, rate, trustsProxy: proxyTrust(proxies) });
}

/** Loaded by those alone who want it. */
async function limitTo(perMinute: number): Promise<RateLimit> {
  const { RateLimit } = await import('./rate/rate-limit.ts');
  return new RateLimit(perMinute);
}

import { expect, test } from 'vitest';
import { readConfig } from '../../app/config.ts';

const DATASET = 'test/fixtures/students';

test('nothing set gives the defaults, and an empty setting counts as none', () => {
  const defaults = {
    host: '127.0.0.1',
    port: 8080,
    artifacts: 'artifacts/students',
    batches: 'artifacts/students/batches',
    drainSeconds: 5,
    finishSeconds: 10,
    standbySeconds: 30,
    logLevel: 'info',
    metrics: undefined,
    access: undefined,
    domain: undefined,
    rateLimit: undefined,
    proxies: 'loopback',
  };
  expect(readConfig({ DATASET })).toEqual(defaults);
  expect(readConfig({ DATASET, HOST: '', PORT: '', ARTIFACTS: ' ', DRAIN_SECONDS: '', STANDBY_SECONDS: '' })).toEqual(
    defaults,
  );
});

test('settings are read', () => {
  expect(
    readConfig({
      HOST: ' :: ',
      PORT: '9000',
      ARTIFACTS: ' /releases ',
      BATCHES: '/batches',
      DRAIN_SECONDS: '0.5',
      FINISH_SECONDS: '90',
      STANDBY_SECONDS: '60',
      LOG_LEVEL: 'debug',
      METRICS_PORT: '9090',
      ACCESS: 'access.json',
      DOMAIN: 'scores.example.org',
      RATE_LIMIT: '600',
      PROXIES: 'loopback, 172.16.0.0/12',
    }),
  ).toEqual({
    host: '::',
    port: 9000,
    artifacts: '/releases',
    batches: '/batches',
    drainSeconds: 0.5,
    finishSeconds: 90,
    standbySeconds: 60,
    logLevel: 'debug',
    metrics: { host: '127.0.0.1', port: 9090 },
    access: 'access.json',
    domain: 'scores.example.org',
    rateLimit: 600,
    proxies: 'loopback, 172.16.0.0/12',
  });
});

test('a data set that is not there is refused, unless the releases are named', () => {
  expect(() => readConfig({ DATASET: 'data/none' })).toThrow(
    'DATASET names the data set data/none, but there is no data/none',
  );
  expect(readConfig({ DATASET: 'data/none', ARTIFACTS: '/releases' }).artifacts).toBe('/releases');
});

test('every wrong setting is named with its value', () => {
  expect(() => readConfig({ DATASET, PORT: 'http', DRAIN_SECONDS: '-1' })).toThrow(
    'PORT=http must be a port number; DRAIN_SECONDS=-1 must not be negative',
  );
  // Node has timers of more than 24 days go off at once.
  expect(() => readConfig({ DATASET, STANDBY_SECONDS: '2147484' })).toThrow(
    'STANDBY_SECONDS=2147484 must be at most 86400, a day',
  );
  expect(() => readConfig({ DATASET, HOST: 'localhost:80' })).toThrow(
    'HOST=localhost:80 must be an address or a name, without a port',
  );
  expect(() => readConfig({ DATASET, RATE_LIMIT: '0' })).toThrow('RATE_LIMIT=0 must be at least 1');
  expect(() => readConfig({ DATASET, PROXIES: 'caddy' })).toThrow('PROXIES=caddy must be addresses or subnets');
  expect(() => readConfig({ DATASET, LOG_LEVEL: 'loud' })).toThrow(
    'LOG_LEVEL=loud must be one of: trace, debug, info,',
  );
  expect(() => readConfig({ DATASET, PORT: '70000' })).toThrow('PORT=70000 must be at most 65535');
});

test('on a terminal, lines about requests are left out unless they are asked for', () => {
  expect(readConfig({ DATASET }, true).logLevel).toBe('warn');
  expect(readConfig({ DATASET, LOG_LEVEL: 'info' }, true).logLevel).toBe('info');
});

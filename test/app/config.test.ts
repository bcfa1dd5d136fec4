import { expect, test } from 'vitest';
import { readConfig } from '../../app/config.ts';

const DATASET = 'test/fixtures/students';

test('nothing set gives the defaults, and an empty setting counts as none', () => {
  const defaults = {
    host: '127.0.0.1',
    port: 8080,
    artifacts: 'artifacts/students',
    drainSeconds: 5,
    standbySeconds: 30,
  };
  expect(readConfig({ DATASET })).toEqual(defaults);
  expect(readConfig({ DATASET, HOST: '', PORT: '', ARTIFACTS: ' ', DRAIN_SECONDS: '', STANDBY_SECONDS: '' })).toEqual(
    defaults,
  );
});

test('settings are read', () => {
  expect(
    readConfig({ HOST: ' :: ', PORT: '9000', ARTIFACTS: ' /releases ', DRAIN_SECONDS: '0.5', STANDBY_SECONDS: '60' }),
  ).toEqual({
    host: '::',
    port: 9000,
    artifacts: '/releases',
    drainSeconds: 0.5,
    standbySeconds: 60,
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
  expect(() => readConfig({ DATASET, HOST: 'localhost:80' })).toThrow(
    'HOST=localhost:80 must be an address or a name, without a port',
  );
  expect(() => readConfig({ DATASET, PORT: '70000' })).toThrow('PORT=70000 must be at most 65535');
});

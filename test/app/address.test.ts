import { expect, test } from 'vitest';
import { hostFrom, urlOf } from '../../app/address.ts';

test.each([
  ['127.0.0.1', '127.0.0.1'],
  ['[::1]', '::1'],
  ['fe80::1%eth0', 'fe80::1%eth0'],
  ['my-machine.local', 'my-machine.local'],
  ['http://localhost', undefined],
  ['localhost:8080', undefined],
  ['a b', undefined],
])('the host in %j is %j', (text, host) => {
  expect(hostFrom(text)).toBe(host);
});

test.each([
  ['127.0.0.1', 'http://localhost:80'],
  ['0.0.0.0', 'http://localhost:80'],
  ['::', 'http://localhost:80'],
  ['::1', 'http://[::1]:80'],
  ['192.168.1.5', 'http://192.168.1.5:80'],
  ['fe80::1%eth0', 'http://[fe80::1%25eth0]:80'],
  ['my-machine.local', 'http://my-machine.local:80'],
])('what listens at %s is found at %s', (host, url) => {
  expect(urlOf(host, 80)).toBe(url);
});

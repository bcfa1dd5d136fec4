import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { clientAddress, isProxyList, proxyTrust } from '../../app/client-address.ts';

const address = (remoteAddress: string, told?: string, proxies = 'loopback') =>
  clientAddress(
    { socket: { remoteAddress }, headers: { 'x-forwarded-for': told } } as unknown as IncomingMessage,
    proxyTrust(proxies),
  );

test.each([
  ['192.0.2.1', undefined, '192.0.2.1'],
  ['::ffff:192.0.2.1', undefined, '192.0.2.1'],
  // What a stranger says of itself does not count.
  ['192.0.2.1', '198.51.100.7', '192.0.2.1'],
  ['127.0.0.1', '198.51.100.7', '198.51.100.7'],
  ['::1', '203.0.113.9, 198.51.100.7', '198.51.100.7'],
  ['127.0.0.1', 'somebody', '127.0.0.1'],
  ['2001:db8:1:2:3:4:5:6', undefined, '2001:db8:1:2::/64'],
  ['2001:db8::1', undefined, '2001:db8:0:0::/64'],
  ['fe80::1%eth0', undefined, 'fe80:0:0:0::/64'],
])('%s that says %s is %s', (remote, told, expected) => {
  expect(address(remote, told)).toBe(expected);
});

test('a proxy elsewhere counts where it is named', () => {
  expect(address('172.17.0.1', '198.51.100.7')).toBe('172.17.0.1');
  expect(address('172.17.0.1', '198.51.100.7', 'loopback,uniquelocal')).toBe('198.51.100.7');
  expect([isProxyList('loopback,uniquelocal'), isProxyList('caddy')]).toEqual([true, false]);
});

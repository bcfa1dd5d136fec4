import type { IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import { isIP, isIPv6 } from 'node:net';
import type express from 'express';

const require = createRequire(import.meta.url);

/** Says whether an address is that of a proxy in front, whose word counts. */
export type TrustsProxy = (address: string) => boolean;

/** Whether a text lists proxies as `proxyTrust` takes them. */
export function isProxyList(proxies: string): boolean {
  try {
    compiled(proxies);
    return true;
  } catch {
    return false;
  }
}

/** @param proxies addresses, subnets, or loopback, linklocal and uniquelocal, separated by commas: `isProxyList` */
export function proxyTrust(proxies: string): TrustsProxy {
  let trusts: TrustsProxy | undefined;
  return (address) => {
    trusts ??= compiled(proxies);
    return trusts(address);
  };
}

/** @throws TypeError where one is none */
function compiled(proxies: string): TrustsProxy {
  // Loaded by those alone who ask.
  const make = require('express') as typeof express;
  const trusts: (address: string, hops: number) => boolean = make().set('trust proxy', proxies).get('trust proxy fn');
  return (address) => trusts(address, 0);
}

/**
 * Who asks, by address: as a proxy in front tells it, or as it is seen. Of an IPv6 address it is the part that a provider gives to one
 * customer, who may have any address in it.
 */
export function clientAddress({ socket, headers }: IncomingMessage, trusts: TrustsProxy): string {
  const seen = socket.remoteAddress ?? '';
  const told =
    String(headers['x-forwarded-for'] ?? '')
      .split(',')
      .at(-1)
      ?.trim() ?? '';
  const address = (isIP(told) && trusts(seen) ? told : seen).replace(/^::ffff:(?=\d+\.)/i, '');
  return isIPv6(address) ? networkOf(address) : address;
}

/** Whether a request came over HTTPS, as Express says it of its own: as a proxy in front tells it. */
export function cameByHttps({ socket, headers }: IncomingMessage, trusts: TrustsProxy): boolean {
  const [told = ''] = String(headers['x-forwarded-proto'] ?? '').split(',');
  return told.trim() === 'https' && trusts(socket.remoteAddress ?? '');
}

/** The first 64 bits of an IPv6 address. */
function networkOf(address: string): string {
  const [head = '', tail] = address.replace(/%.*$/, '').split('::');
  const groups = head === '' ? [] : head.split(':');
  if (tail !== undefined) {
    const last = tail === '' ? [] : tail.split(':');
    while (groups.length + last.length < 8) groups.push('0');
    groups.push(...last);
  }
  return `${groups.slice(0, 4).join(':')}::/64`;
}

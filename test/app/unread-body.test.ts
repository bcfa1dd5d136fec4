import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, expect, test } from 'vitest';
import { Access } from '../../app/access/access.ts';
import { makeKey } from '../../app/access/api-key.ts';
import { proxyTrust } from '../../app/client-address.ts';
import { Gate } from '../../app/gate.ts';
import { writeHouses } from '../houses.ts';
import { makeFolder } from '../temporary.ts';
import { pour } from './pour.ts';
import { serve } from './serve.ts';

const folder = makeFolder();
const keys = join(folder, 'keys.json');
writeFileSync(keys, JSON.stringify({ keys: [makeKey('Till').kept] }));
const access = await Access.open(keys, pino({ enabled: false }));
let isBehind = false;
const open = serve(writeHouses, { isOverloaded: () => isBehind });
const closed = serve(writeHouses, { gate: new Gate({ access, trustsProxy: proxyTrust('loopback') }) });
afterAll(() => {
  access.close();
  rmSync(folder, { recursive: true });
});

const MB = 1_000_000;
const spaces = Buffer.alloc(MB, ' ');
function* gigabyte() {
  for (let i = 0; i < 1000; i++) yield spaces;
}
const json = { 'Content-Type': 'application/json' };
const csv = { 'Content-Type': 'text/csv' };

test.each([
  ['too long a body', '/api/predictions', json, 413],
  ['too long a form', '/', { 'Content-Type': 'application/x-www-form-urlencoded' }, 413],
  ['a type that nobody reads', '/api/batch', { 'Content-Type': 'text/html' }, 415],
  ['what leads nowhere', '/nothing', csv, 404],
  ['what has no body', '/model', csv, 405],
  ['too long a file', '/api/batch', { ...csv, 'Content-Length': String(1000 * MB) }, 413],
])('%s is answered, and a gigabyte of it is not read', async (_, path, headers, status) => {
  const poured = await pour(open.url + path, headers, gigabyte);
  expect(poured.status).toBe(status);
  expect(poured.sent).toBeLessThan(60 * MB);
});

test('nor is what nobody may send, or what comes where there is too much to do', async () => {
  const refused = await pour(`${closed.url}/api/batch`, csv, gigabyte);
  expect(refused.status).toBe(401);
  expect(refused.sent).toBeLessThan(60 * MB);
  isBehind = true;
  const late = await pour(`${open.url}/api/batch`, csv, gigabyte);
  expect(late.status).toBe(503);
  expect(late.sent).toBeLessThan(60 * MB);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

test('docker compose opens a port to this machine alone, unless it is told otherwise', () => {
  const { services } = parse(readFileSync(join(import.meta.dirname, '../compose.yaml'), 'utf8')) as {
    services: Record<string, { ports?: readonly string[] }>;
  };
  const ports = Object.values(services).flatMap((service) => service.ports ?? []);
  // Where no address stands before the port, Docker opens it on every interface.
  expect(ports).toEqual([`\${HOST:-127.0.0.1}:\${PORT:-8080}:8080`]);
});

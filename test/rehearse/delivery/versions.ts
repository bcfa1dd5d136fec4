// Versions to deploy: the project's own image, with something in it that makes each another one; and broken ones.

import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileNames } from '../../../ml/release/files.ts';
import { login, type Registry } from '../images/registry.ts';
import { demand } from '../process.ts';

// As large as what a change of code or model brings.
const LAYER_BYTES = 3_000_000;

/** What is wrong with a version, by what its Dockerfile adds. */
const faults = {
  'crashes at start': `CMD ["node", "-e", "console.error('This version ends at once.'); process.exit(3)"]`,
  'never ready': `CMD ["node", "-e", "require('http').createServer((_, response) => response.writeHead(503).end()).listen(8080)"]`,
  'corrupt model': `USER root\nRUN truncate --size=-10 artifacts/current/${fileNames.model}\nUSER node`,
  'turns bad': `COPY turn-bad.mjs ./\nENV NODE_OPTIONS="--import=/plumbline/turn-bad.mjs"`,
} as const;

type Fault = keyof typeof faults;

/** Builds a version of an image on this machine: one of a fault's name is broken, every other one good. */
export async function buildVersion(image: string, name: string, tag: string, folder: string): Promise<void> {
  const context = join(folder, name.replaceAll(' ', '-'));
  const fault = name in faults ? faults[name as Fault] : '';
  mkdirSync(context, { recursive: true });
  writeFileSync(join(context, 'content'), randomBytes(LAYER_BYTES));
  writeFileSync(join(context, 'turn-bad.mjs'), turnBad);
  writeFileSync(join(context, 'Dockerfile'), `FROM ${image}\nCOPY content /content\n${fault}\n`);
  await demand('docker', ['build', '--quiet', '--tag', tag, context]);
}

// Healthy for as long as nobody uses it: the kind of defect that a check of health does not find.
const turnBad = `import { Server } from 'node:http';
const emit = Server.prototype.emit;
let bad = false;
Server.prototype.emit = function (event, request, response) {
  if (event !== 'request' || request.url.endsWith('z')) return emit.apply(this, arguments);
  if (bad) return response.writeHead(500).end('This version has turned bad.');
  setTimeout(() => { bad = true; }, 1000).unref();
  return emit.apply(this, arguments);
};
`;

/**
 * Makes versions of an image and pushes each.
 *
 * @param folder where they are made
 * @returns a function that gives the reference by digest of the version of a name, which it makes on first use
 */
export function makeVersions(image: string, registry: Registry, folder: string) {
  const made = new Map<string, Promise<string>>();
  const make = async (name: string): Promise<string> => {
    const tag = `${registry.repository}:${name.replaceAll(' ', '-')}`;
    await buildVersion(image, name, tag, folder);
    const pushed = await demand('docker', ['push', tag]);
    await demand('docker', ['image', 'rm', tag]);
    return `${registry.repository}@${/digest: (sha256:[0-9a-f]{64})/.exec(pushed)?.[1]}`;
  };
  return (name: string): Promise<string> => {
    const version = made.get(name) ?? make(name);
    made.set(name, version);
    return version;
  };
}

/** Logs this machine's Docker in to the registry, for as long as the rehearsal takes. */
export async function logIn(registry: Registry): Promise<() => Promise<unknown>> {
  const host = `127.0.0.1:${registry.port}`;
  await demand('docker', ['login', '--username', login.user, '--password-stdin', host], { input: login.password });
  return () => demand('docker', ['logout', host]);
}

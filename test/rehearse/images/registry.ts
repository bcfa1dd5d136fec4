// A registry with a password, in Amazon ECR's place: the real one (CNCF distribution), as Debian packages it or in its
// own container. It listens on loopback, where Docker asks for no certificate.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { tryDocker } from '../docker.ts';
import { CannotRehearse } from '../report.ts';
import { until } from '../until.ts';

/** Who may push and pull: as Amazon ECR calls everyone, with the password that moto gives for its account. */
export const login = { user: 'AWS', password: '123456789012-auth-token' };

// The same, as bcrypt has it (htpasswd -nbB); it guards nothing but a rehearsal.
const htpasswd = 'AWS:$2y$05$AszsBGAAFVzE6FonzlgqYepWw2RKlklMAZh31TIJCMs6QTvO.z4yO\n';

const CONTAINER = 'plumbline-rehearsal-registry';

export interface Registry {
  readonly port: number;
  /** A repository in it. */
  readonly repository: string;
  readonly stop: () => Promise<void>;
}

/**
 * Starts an empty registry.
 *
 * @param folder where it keeps its images
 * @param outside an address of this machine at which it is reachable as well, on the same port, for the server
 * @throws CannotRehearse where there is none to be had
 */
export async function startRegistry(folder: string, outside: string): Promise<Registry> {
  const port = await freePort();
  const data = join(folder, 'registry');
  mkdirSync(data, { recursive: true });
  writeFileSync(join(data, 'htpasswd'), htpasswd);
  writeFileSync(join(data, 'config.yml'), 'version: 0.1\nlog: {level: error}\n');
  const end = isInstalled() ? startProgram(data, port) : startContainer(data, port);
  const relay = await relayTo(port, outside);
  const stop = async () => {
    relay.close();
    await end();
  };
  const answers = () =>
    fetch(`http://127.0.0.1:${port}/v2/`).then(
      ({ status }) => status === 401,
      () => false,
    );
  if (await until(answers, { timeout: 15_000, interval: 100 }))
    return { port, repository: `127.0.0.1:${port}/plumbline`, stop };
  await stop();
  throw new CannotRehearse('The registry does not start.');
}

const settings = (data: string, address: string) => ({
  REGISTRY_HTTP_ADDR: address,
  REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY: `${data}/images`,
  REGISTRY_AUTH: 'htpasswd',
  REGISTRY_AUTH_HTPASSWD_REALM: 'rehearsal',
  REGISTRY_AUTH_HTPASSWD_PATH: `${data}/htpasswd`,
});

/** Whether Debian's package is there; as root it is installed where the registry's own image cannot be had. */
function isInstalled(): boolean {
  const found = () => spawnSync('docker-registry', ['--version']).status === 0;
  if (found()) return true;
  if (tryDocker('pull', '--quiet', 'registry:2')) return false;
  if (process.getuid?.() === 0) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const args = ['install', '-y', '-qq', '--no-install-recommends', 'docker-registry'];
    spawnSync('apt-get', ['update', '-qq'], { env });
    spawnSync('apt-get', args, { env });
    if (found()) return true;
  }
  throw new CannotRehearse(
    'The rehearsal needs a container registry: the image registry:2, or on Debian and Ubuntu: apt-get install docker-registry',
  );
}

function startProgram(data: string, port: number): () => Promise<void> {
  const child: ChildProcess = spawn('docker-registry', ['serve', join(data, 'config.yml')], {
    env: { PATH: process.env.PATH ?? '', ...settings(data, `127.0.0.1:${port}`) },
    stdio: 'ignore',
  });
  const ended = new Promise<void>((resolve) => void child.on('close', () => resolve()));
  const kill = () => child.kill();
  process.once('exit', kill);
  return async () => {
    process.off('exit', kill);
    kill();
    await ended;
  };
}

function startContainer(data: string, port: number): () => Promise<void> {
  const remove = () => void tryDocker('rm', '--force', '--volumes', CONTAINER);
  remove();
  const environment = Object.entries(settings('/data', '0.0.0.0:5000'));
  const args = [
    ...['run', '--detach', '--name', CONTAINER, '--publish', `127.0.0.1:${port}:5000`, '--volume', `${data}:/data`],
    ...environment.flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    ...['registry:2', 'serve', '/data/config.yml'],
  ];
  const { status, stderr } = spawnSync('docker', args, { encoding: 'utf8' });
  if (status !== 0) throw new CannotRehearse(`The registry does not start: ${stderr}`);
  process.once('exit', remove);
  return async () => {
    process.off('exit', remove);
    remove();
  };
}

/** Passes on what comes to `address`, on the same port. */
function relayTo(port: number, address: string): Promise<Server> {
  const server = createServer((incoming) => {
    const outgoing = connect(port, '127.0.0.1');
    incoming.on('error', () => outgoing.destroy()).pipe(outgoing);
    outgoing.on('error', () => incoming.destroy()).pipe(incoming);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, address, () => resolve(server));
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
  await new Promise((resolve) => server.close(resolve));
  return port;
}

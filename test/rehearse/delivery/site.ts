// The server to deploy to: booted with the real user data, its runner's checkout in place, and a registry within its
// reach.

import { join } from 'node:path';
import { type HostSettings, userData } from '../../../infra/stack/server/user-data.ts';
import { GitHub } from '../host/github.ts';
import { gateway, Server } from '../host/server.ts';
import { login, type Registry, startRegistry } from '../images/registry.ts';
import { demand, root } from '../process.ts';
import type { Rehearsal } from '../rehearsal.ts';
import { CannotRehearse } from '../report.ts';
import { makeDisk } from './disk.ts';

const DISK_GIGABYTES = 3;
const checkout = '/opt/actions-runner/_work/scores/scores';

export interface Site {
  /** What its bootstrap was told. */
  readonly settings: HostSettings;
  readonly server: Server;
  readonly registry: Registry;
  /** GitHub, as the server meets it, at `github.test`. */
  readonly github: GitHub;
  /** The address of this machine at which the server reaches it, also as `outside.test`. */
  readonly outside: string;
  /** A script of infra/host/, as the runner finds it. */
  readonly script: (name: string) => string;
}

/**
 * Boots a server.
 *
 * @param image the server's
 * @param rehearsal at whose end it is removed, with all that it needs
 * @throws CannotRehearse where it does not come up
 */
export async function bootSite(name: string, image: string, { folder, atEnd }: Rehearsal): Promise<Site> {
  const outside = gateway(image);
  const github = new GitHub();
  atEnd(() => github.close());
  const githubPort = await github.listen(outside);
  const registry = await startRegistry(folder, outside);
  atEnd(registry.stop);
  const server = new Server(name, `${name}-disk`);
  server.remove();
  const disk = await makeDisk(image, `${name}-disk`, DISK_GIGABYTES);
  atEnd(disk.remove);
  const settings = {
    name: 'plumbline',
    region: 'eu-west-1',
    repositoryUri: registry.repository,
    logGroup: '/plumbline/server',
    site: ':80',
    githubApi: `http://github.test:${githubPort}`,
    signalUrl: `http://github.test:${githubPort}/signal`,
    swapMib: '64',
  };
  server.setUserData(userData(settings));
  atEnd(() => server.end());
  server.start(image, ['github.test', 'outside.test']);
  const { status, text } = await server.booted();
  if (status !== 0) throw new CannotRehearse(`The server does not boot:\n${text}`);
  await putOnOneDisk(server);
  await reachRegistry(server, registry);
  await checkOut(server);
  return { settings, server, registry, github, outside, script: (script) => `${checkout}/infra/host/${script}` };
}

/** The state of deploys is on the disk that images fill, as it is on a real server. */
async function putOnOneDisk(server: Server): Promise<void> {
  await must(
    server,
    `install -d -o runner -g runner /var/lib/docker/plumbline-state
     echo '/var/lib/docker/plumbline-state /var/lib/plumbline none bind 0 0' >>/etc/fstab
     mount /var/lib/plumbline`,
  );
}

/** The registry listens on this machine's loopback; a relay makes it the server's as well, as if it were ECR to both. */
async function reachRegistry(server: Server, { port }: Registry): Promise<void> {
  server.write(
    '/etc/systemd/system/registry.socket',
    `[Socket]\nListenStream=127.0.0.1:${port}\n[Install]\nWantedBy=sockets.target\n`,
  );
  server.write(
    '/etc/systemd/system/registry.service',
    `[Service]\nExecStart=/lib/systemd/systemd-socket-proxyd outside.test:${port}\n`,
  );
  await must(server, 'systemctl daemon-reload && systemctl enable --now registry.socket');
  // In the place of Amazon's credential helper, which the bootstrap has set for this registry.
  server.write(
    '/usr/local/bin/docker-credential-ecr-login',
    `#!/bin/sh\n[ "$1" = get ] && echo '{"Username":"${login.user}","Secret":"${login.password}"}'\n`,
    '755',
  );
}

/** Puts infra/host/ where actions/checkout puts it. */
async function checkOut(server: Server): Promise<void> {
  await must(server, `rm -rf ${checkout} && mkdir -p ${checkout}/infra`);
  await demand('docker', ['cp', join(root, 'infra/host'), `${server.name}:${checkout}/infra/host`]);
  await must(server, 'chown -R runner:runner /opt/actions-runner/_work');
}

async function must(server: Server, command: string): Promise<void> {
  const { status, text } = await server.run(command);
  if (status !== 0) throw new Error(`On the server this failed:\n${command}\n${text}`);
}

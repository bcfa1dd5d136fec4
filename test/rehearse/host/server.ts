// A server to rehearse on: a container with real systemd and real cloud-init, booted with user data.

import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demandEngine, docker, tryDocker } from '../docker.ts';
import { run } from '../process.ts';
import { CannotRehearse } from '../report.ts';
import { until } from '../until.ts';

const buildScript = join(import.meta.dirname, 'build-image.sh');

/** Builds the image, once for each state of the script that builds it. @throws CannotRehearse where it cannot be had */
export function buildImage(): string {
  demandEngine();
  const digest = createHash('sha256').update(readFileSync(buildScript)).digest('hex').slice(0, 12);
  const tag = `plumbline-rehearsal-host:${digest}`;
  const { status, stderr } = spawnSync(buildScript, [tag], { encoding: 'utf8' });
  if (status !== 0) {
    throw new CannotRehearse(
      `The server's image could not be built: it takes the image ubuntu:24.04, or root, debootstrap and a Debian mirror.\n${stderr}`,
    );
  }
  return tag;
}

export interface Ran {
  readonly status: number | null;
  /** Standard output and standard error, trimmed. */
  readonly text: string;
}

export class Server {
  readonly name: string;
  /** The volume for what its Docker engine keeps. */
  private readonly disk: string | undefined;
  private readonly seed = mkdtempSync(join(tmpdir(), 'plumbline-seed-'));

  /** @param disk the name of a volume for what its Docker engine keeps; without one it gets a new one */
  constructor(name: string, disk?: string) {
    this.name = name;
    this.disk = disk;
    // Without an instance-id cloud-init reads the user data anew at each boot, as it does on EC2.
    writeFileSync(join(this.seed, 'meta-data'), '{}\n');
  }

  /** What the server gets at its next boot. */
  setUserData(text: string): void {
    writeFileSync(join(this.seed, 'user-data'), text);
  }

  /** Starts it; `hosts` are names that lead to the machine which holds the rehearsal. */
  start(image: string, hosts: readonly string[]): void {
    docker(
      ...[
        'run',
        '--detach',
        '--name',
        this.name,
        '--hostname',
        this.name,
        '--cap-add',
        'ALL',
        '--cap-drop',
        'SYS_RESOURCE',
      ],
      ...['seccomp', 'apparmor', 'systempaths'].flatMap((option) => ['--security-opt', `${option}=unconfined`]),
      ...['--cgroupns=private', '--tmpfs', '/run', '--tmpfs', '/run/lock'],
      // The inner engine's layers, and swap, need a real file system.
      ...['--volume', `${this.disk ? `${this.disk}:` : ''}/var/lib/docker`, '--volume', '/var/swap'],
      ...['--volume', `${this.seed}:/var/lib/cloud/seed/nocloud:ro`],
      ...hosts.flatMap((host) => ['--add-host', `${host}:host-gateway`]),
      image,
    );
  }

  /** Waits for the end of a boot, cloud-init included; gives its verdict. */
  async booted(): Promise<Ran> {
    // Not before systemd answers: cloud-init believes what stands in /run, which is empty until then.
    const answers = async () => /starting|running|degraded/.test((await this.run('systemctl is-system-running')).text);
    await until(answers, { timeout: 60_000, interval: 100 });
    await this.run('cloud-init status --wait >/dev/null');
    return this.run('cloud-init status --long');
  }

  /** Like pulling the plug gently: services are stopped, and everything in memory is gone. */
  async restart(): Promise<void> {
    // A machine's swap goes with its kernel; this one's belongs to the machine around it.
    await this.run('swapoff --all');
    await onServer(['restart', '-t', '60', this.name]);
  }

  /** Runs a command line of bash on the server, as root or as somebody else. */
  run(command: string, user = 'root'): Promise<Ran> {
    return onServer(['exec', '--user', user, this.name, 'bash', '-c', command]);
  }

  /** Runs a command as `run` does, and tells each line that it prints as it comes. */
  watch(command: string, user: string, onLine: (line: string) => void): Promise<Ran> {
    return onServer(['exec', '--user', user, this.name, 'bash', '-c', command], onLine);
  }

  /** Its address, as this machine reaches it. */
  get address(): string {
    return docker('inspect', '--format', '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}', this.name).trim();
  }

  /** Writes a file on the server. */
  write(path: string, text: string, mode = '644'): void {
    execFileSync('docker', ['exec', '-i', this.name, 'install', '-D', '-m', mode, '/dev/stdin', path], {
      input: text,
    });
  }

  /** Removes the container, also one that an earlier rehearsal left. */
  remove(): void {
    tryDocker('exec', this.name, 'swapoff', '--all');
    tryDocker('rm', '--force', '--volumes', this.name);
  }

  /** Removes the container, and what was put beside it. */
  end(): void {
    this.remove();
    rmSync(this.seed, { recursive: true, force: true });
  }
}

/** The address by which containers reach this machine, where a server can listen for them. */
export function gateway(image: string): string {
  const [address] = docker('run', '--rm', '--add-host', 'here:host-gateway', image, 'getent', 'hosts', 'here').split(
    /\s/,
  );
  return address ?? '';
}

/** Nothing takes as long as this, in milliseconds; what hangs is to be seen as a failure. */
const LONGEST = 300_000;

async function onServer(args: readonly string[], onLine?: (line: string) => void): Promise<Ran> {
  const { status, output } = await run('docker', args, { timeout: LONGEST, ...(onLine && { onLine }) });
  return { status, text: output.trim() };
}

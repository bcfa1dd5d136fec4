// A task of the fleet: a container of one version, as Fargate runs it.

import { randomBytes } from 'node:crypto';
import { demand, run } from '../process.ts';
import { shortened } from './timing.ts';

/** What all containers of a rehearsal are called by, so that none is left behind. */
const LABEL = 'plumbline-rehearsal-fleet';

/** What a task runs. */
export interface Version {
  readonly image: string;
  /** How long it serves on after SIGTERM. @default as long as in an account, shortened */
  readonly drainSeconds?: number;
}

export class Task {
  readonly id: string;
  readonly version: Version;
  readonly host: string;
  /** Resolves with its exit code, once it has ended: by itself or not. */
  readonly exited: Promise<number>;
  exitCode: number | undefined;
  readonly #started = performance.now();

  private constructor(id: string, version: Version, host: string) {
    this.id = id;
    this.version = version;
    this.host = host;
    this.exited = demand('docker', ['wait', id]).then(
      (text) => Number(text),
      () => -1,
    );
    void this.exited.then((code) => {
      this.exitCode = code;
    });
  }

  /** Starts one, confined as it is in an account. */
  static async start(version: Version): Promise<Task> {
    const { image, drainSeconds = shortened('drain') / 1000 } = version;
    const id = `${LABEL}-${randomBytes(4).toString('hex')}`;
    const settings = {
      DRAIN_SECONDS: String(drainSeconds),
      PROXIES: 'loopback,uniquelocal',
    };
    await demand('docker', [
      ...['run', '--detach', '--init', '--name', id, '--label', LABEL, '--read-only', '--tmpfs', '/batches:mode=777'],
      ...['--cap-drop', 'ALL', '--security-opt', 'no-new-privileges', '--memory', '1g', '--pids-limit', '256'],
      ...Object.entries(settings).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
      image,
    ]);
    const address = '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}';
    const host = (await demand('docker', ['inspect', '--format', address, id])).trim();
    // One that has ended by now has none.
    return new Task(id, version, host || 'ended.invalid');
  }

  /** In milliseconds. */
  get age(): number {
    return performance.now() - this.#started;
  }

  /** Ends it at once (SIGKILL). */
  async kill(): Promise<void> {
    await run('docker', ['kill', this.id]);
  }

  /** Has its processes hang (SIGSTOP): they hold what they have, and answer nothing. */
  async freeze(): Promise<void> {
    await demand('docker', ['exec', this.id, 'sh', '-c', 'kill -STOP -1']);
  }

  /** SIGTERM, and SIGKILL where it has not ended in time. @returns its exit code */
  async stop(): Promise<number> {
    await run('docker', [
      'stop',
      '--time',
      String(shortened('stopTimeout') / 1000 + (this.version.drainSeconds ?? 0)),
      this.id,
    ]);
    return this.exited;
  }

  async remove(): Promise<void> {
    await run('docker', ['rm', '--force', '--volumes', this.id]);
  }

  /** Removes all that there are. */
  static async removeAll(): Promise<void> {
    const ids = (await demand('docker', ['ps', '--all', '--quiet', '--filter', `label=${LABEL}`]))
      .split('\n')
      .filter(Boolean);
    if (ids.length > 0) await run('docker', ['rm', '--force', '--volumes', ...ids]);
  }
}

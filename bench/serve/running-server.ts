import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { MeasurementError } from '../measurement-error.ts';

const START_SECONDS = 60;

/** A server that is measured; it does not outlive this process. */
export class RunningServer {
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #end: () => void;

  private constructor(url: string, child: ChildProcess, end: () => void) {
    this.url = url;
    this.#child = child;
    this.#end = end;
  }

  /**
   * Starts a server and waits until it says where it is, or answers there.
   *
   * @param url where it will be; undefined where it says so itself
   * @throws MeasurementError where it does not
   */
  static async start(
    [command, ...args]: readonly [string, ...string[]],
    environment: Readonly<Record<string, string>> = {},
    url?: string,
  ): Promise<RunningServer> {
    // A group of its own, since some start workers; what it logs is thrown away, as fast as it comes.
    const child = spawn(command, args, {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        if (said.length < 4000) said += text;
      });
    const end = () => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It has ended.
      }
    };
    process.once('exit', end);
    const until = Date.now() + START_SECONDS * 1000;
    while (Date.now() < until && child.exitCode === null) {
      const found = url === undefined ? /https?:\/\/\S+/.exec(said)?.[0] : (await answers(url)) ? url : undefined;
      if (found !== undefined) return new RunningServer(found, child, end);
      await sleep(5);
    }
    end();
    throw new MeasurementError(`${command} ${args.join(' ')} does not serve:\n${said}`);
  }

  /** What it holds in memory now, in MB, without workers that it started. */
  residentMegabytes(): number {
    const status = readFileSync(`/proc/${this.#child.pid}/status`, 'utf8');
    return Number(/^VmRSS:\s*(\d+) kB$/m.exec(status)?.[1]) / 1024;
  }

  close(): void {
    process.off('exit', this.#end);
    this.#end();
  }
}

const answers = (url: string) =>
  fetch(url).then(
    () => true,
    () => false,
  );

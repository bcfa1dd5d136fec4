// A whole command, run to its end: how long it took, how much memory it and its children had, and what it said.

import { spawn } from 'node:child_process';
import { PeakMemory } from './peak-memory.ts';

export interface CommandOptions {
  /** Given to it as a line of JSON. */
  readonly input?: unknown;
  /** The folder that it runs in. @default this process's */
  readonly cwd?: string;
  /** It is ended with all of its children once it has taken so long. @default never */
  readonly mostSeconds?: number;
}

export interface Ended {
  /** Null where a signal has ended it. */
  readonly code: number | null;
  /** From its start to its end. */
  readonly seconds: number;
  /** The most that it and its children had at a time, in MB; null where the system does not tell. */
  readonly megabytes: number | null;
  readonly stdout: string;
  /** The end of it. */
  readonly stderr: string;
  /** Whether it took more than it might. */
  readonly isLate: boolean;
}

/** How much of what a command complains of is kept, in characters. */
const KEPT = 4000;

/** Runs a command; neither it nor a child of it outlives this process. */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<Ended> {
  const start = performance.now();
  // A group of its own, so that its children end with it.
  const child = spawn(command, args, { cwd: options.cwd, stdio: 'pipe', detached: true });
  const end = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  };
  process.once('exit', end);
  let isLate = false;
  const clock = setTimeout(
    () => {
      isLate = true;
      end();
    },
    options.mostSeconds === undefined ? 2 ** 31 - 1 : options.mostSeconds * 1000,
  );
  const memory = new PeakMemory(child.pid);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr = (stderr + text).slice(-KEPT);
  });
  // One that has ended reads no more; its exit tells.
  child.stdin.on('error', () => {});
  // What it leaves behind would keep its output open.
  child.once('exit', end);
  child.stdin.end(options.input === undefined ? undefined : `${JSON.stringify(options.input)}\n`);
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', ({ message }) => {
      stderr = message;
    });
    child.once('close', resolve);
  });
  const seconds = (performance.now() - start) / 1000;
  clearTimeout(clock);
  process.off('exit', end);
  return { code, seconds, megabytes: memory.stop(), stdout, stderr, isLate };
}

// Runs a program to its end, and none beyond this one's.

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The project's folder, in which everything runs. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

export type Environment = Readonly<Record<string, string>>;

export interface Outcome {
  /** The exit code; `null` where it was killed or could not be started. */
  readonly status: number | null;
  readonly stdout: string;
  /** Standard output and standard error as they came. */
  readonly output: string;
}

export interface RunOptions {
  readonly env: Environment;
  /** Goes to its standard input. */
  readonly input?: string;
}

/** What is taken over from the caller's environment; by name, so that nothing that steers AWS or the CDK slips in. */
const kept = ['PATH', 'HOME', 'USER', 'LANG', 'TMPDIR', 'TERM'];

/** The caller's environment, as far as it concerns every program. */
export function plainEnvironment(): Environment {
  const values = kept.map((name) => [name, process.env[name]]).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(values), NO_COLOR: '1', PYTHONDONTWRITEBYTECODE: '1' };
}

/** Has something done when this process ends, before the folders that are in use are removed. */
export function atExit(end: () => void): { readonly cancel: () => void } {
  process.prependOnceListener('exit', end);
  return { cancel: () => process.off('exit', end) };
}

/** Runs a program; that it fails is for the caller to judge. */
export function run(command: string, args: readonly string[], { env, input = '' }: RunOptions): Promise<Outcome> {
  // In a group of its own, so that whatever it starts can be ended with it.
  const child = spawn(command, args, { cwd: root, env, stdio: 'pipe', detached: true });
  const { cancel } = atExit(() => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It ended by itself just now.
    }
  });
  let stdout = '';
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  // A program that does not read its input may be gone before it is written.
  child.stdin.on('error', () => {}).end(input);
  return new Promise((resolve) => {
    const settle = (status: number | null) => {
      cancel();
      resolve({ status, stdout, output });
    };
    child.on('error', ({ message }) => {
      output += message;
      settle(null);
    });
    child.on('close', settle);
  });
}

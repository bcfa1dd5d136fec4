// Runs programs of this machine to their end, and none beyond this one's.

import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
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
  /** @default this process's own */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** @default the project's folder */
  readonly cwd?: string;
  /** Goes to its standard input. @default nothing */
  readonly input?: string;
  /** Told of each line that it prints, as it comes. */
  readonly onLine?: (line: string) => void;
  /** After so long it is killed, in milliseconds. @default never */
  readonly timeout?: number;
  /** Interrupts it, as Ctrl+C does; it then ends what it has started by itself. @default what it has started is killed with it */
  readonly interrupt?: AbortSignal;
}

/** What is taken over from the caller's environment; by name, so that nothing that steers AWS or the CDK slips in. */
const kept = ['PATH', 'HOME', 'USER', 'LANG', 'TMPDIR', 'TERM'];

/** The caller's environment, as far as it concerns every program. */
export function plainEnvironment(): Environment {
  const values = kept.map((name) => [name, process.env[name]]).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(values), NO_COLOR: '1', PYTHONDONTWRITEBYTECODE: '1' };
}

/** How each program that runs now is ended. */
const running = new Set<() => void>();

/** Ends every program that runs now. */
export function endPrograms(): void {
  for (const end of running) end();
}

// Before the folders that they use are removed.
process.prependOnceListener('exit', endPrograms);

/** Has a program ended when this process ends, unless it is cancelled by then. */
export function atExit(end: () => void): { readonly cancel: () => void } {
  running.add(end);
  return { cancel: () => running.delete(end) };
}

/** Runs a program; that it fails is for the caller to judge. Never in sync: doubles in this process have to go on. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const { env = process.env, cwd = root, input = '', onLine, timeout, interrupt } = options;
  // In a group of its own, so that whatever it starts can be ended with it.
  const child = spawn(command, args, { cwd, env, stdio: 'pipe', detached: true, timeout });
  const end = interrupt ? interruptOnce(child) : () => killGroup(child);
  const { cancel } = atExit(end);
  interrupt?.addEventListener('abort', end);
  let stdout = '';
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  if (onLine) for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', onLine);
  // A program that does not read its input may be gone before it is written.
  child.stdin.on('error', () => {}).end(input);
  return new Promise((resolve) => {
    const settle = (status: number | null) => {
      cancel();
      interrupt?.removeEventListener('abort', end);
      resolve({ status, stdout, output });
    };
    child.on('error', ({ message }) => {
      output += message;
      settle(null);
    });
    child.on('close', settle);
  });
}

/**
 * Runs a program that has to succeed, and gives what it printed.
 *
 * @throws Error with what it said, where it fails
 */
export async function demand(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { status, stdout, output } = await run(command, args, options);
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${output}`);
  return stdout;
}

/** Once, since a second time means that it is not to wait for what it has started. */
function interruptOnce(child: ChildProcess): () => void {
  let isAsked = false;
  return () => {
    if (!isAsked) child.kill('SIGINT');
    isAsked = true;
  };
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself just now.
  }
}

// Runs tools beside this program: in a group of processes of their own, so that Ctrl-C on the terminal reaches this program alone, which then still
// can tell AWS to cancel what runs there.

import { spawn } from 'node:child_process';
import { demand, type Tool } from '../tool.ts';
import { ToolError } from '../tool-error.ts';

/**
 * Runs a tool, and gives what it printed.
 *
 * @param signal ends it where it is aborted
 * @throws ToolError where it is not installed or fails
 * @throws the signal's reason
 */
export async function runApart(tool: Tool, args: readonly string[], signal?: AbortSignal): Promise<string> {
  signal?.throwIfAborted();
  const child = spawn(tool, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const said: Record<'stdout' | 'stderr', string> = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
    });
  }
  const stop = () => child.kill();
  signal?.addEventListener('abort', stop);
  try {
    const status = await new Promise<number | null>((resolve) => {
      child.on('error', () => resolve(null));
      child.on('close', resolve);
    });
    signal?.throwIfAborted();
    if (status === 0) return said.stdout;
    demand(tool);
    throw new ToolError(`${tool} ${args.slice(0, 2).join(' ')} … failed:\n${(said.stderr || said.stdout).trim()}`);
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

/** Runs a command of the AWS CLI, and gives what it printed. */
export const aws = (args: readonly string[], signal?: AbortSignal): Promise<string> => runApart('aws', args, signal);

/** Runs a command and reads its answer as JSON. */
export async function askAws(args: readonly string[], signal?: AbortSignal): Promise<unknown> {
  const said = await aws([...args, '--output', 'json'], signal);
  return said.trim() === '' ? null : JSON.parse(said);
}

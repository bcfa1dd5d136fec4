// A command in the place of this one: what it prints, how it ends and which signals it gets are as if it had been called itself.

import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { ToolError } from '../tool-error.ts';

/** What a run is cancelled by: GitHub sends SIGINT, and SIGTERM some seconds later. */
const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs a command to its end, whatever signals come meanwhile, and gives its exit code: where a signal ended it, that of a shell.
 *
 * @throws ToolError where it cannot be started
 */
export async function relay(command: string, args: readonly string[]): Promise<number> {
  let child: ChildProcess | undefined;
  const pass = (signal: NodeJS.Signals) => child?.kill(signal);
  // Before it starts, so that no signal finds this process alone.
  for (const signal of passedOn) process.on(signal, pass);
  try {
    const started = spawn(command, args, { stdio: 'inherit' });
    child = started;
    return await new Promise<number>((resolve, reject) => {
      started.on('error', (cause) =>
        reject(new ToolError(`${command} could not be started: ${cause.message}`, { cause })),
      );
      started.on('close', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
    });
  } finally {
    for (const signal of passedOn) process.off(signal, pass);
  }
}

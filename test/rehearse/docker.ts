// The machine's Docker engine.

import { execFileSync, spawnSync } from 'node:child_process';
import { CannotRehearse } from './report.ts';

/** @throws CannotRehearse where none runs */
export function demandEngine(): void {
  if (spawnSync('docker', ['info'], { stdio: 'ignore' }).status === 0) return;
  throw new CannotRehearse(
    'The rehearsal needs a running Docker engine. Install one (on Debian: apt-get install docker.io), start it (dockerd), and try again.',
  );
}

/** Asks it something short; gives what it answers. @throws Error where it refuses */
export function docker(...args: string[]): string {
  return execFileSync('docker', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Asks it something that it may refuse; says whether it did it. */
export function tryDocker(...args: string[]): boolean {
  return spawnSync('docker', args, { stdio: 'ignore', timeout: 120_000 }).status === 0;
}

// A disk of a size of its own, so that it can be filled: a volume in memory. Something has to hold it while the server is
// rebooted, or it would be gone.

import { spawnSync } from 'node:child_process';
import { run } from './run.ts';

export interface Disk {
  readonly volume: string;
  readonly remove: () => void;
}

/** @param image any image that can sleep */
export async function makeDisk(image: string, volume: string, gigabytes: number): Promise<Disk> {
  const holder = `${volume}-holder`;
  const remove = () => {
    spawnSync('docker', ['rm', '--force', holder], { stdio: 'ignore' });
    spawnSync('docker', ['volume', 'rm', '--force', volume], { stdio: 'ignore' });
  };
  remove();
  const options = ['type=tmpfs', 'device=tmpfs', `o=size=${gigabytes}g`].flatMap((option) => ['--opt', option]);
  await run('docker', ['volume', 'create', '--driver', 'local', ...options, volume]);
  await run('docker', ['run', '--detach', '--name', holder, '--volume', `${volume}:/disk`, image, 'sleep', 'infinity']);
  return { volume, remove };
}

// A disk of a size of its own, so that it can be filled: a volume in memory. Something has to hold it while the server is
// rebooted, or it would be gone.

import { tryDocker } from '../docker.ts';
import { demand } from '../process.ts';

export interface Disk {
  readonly volume: string;
  readonly remove: () => void;
}

/** @param image any image that can sleep */
export async function makeDisk(image: string, volume: string, gigabytes: number): Promise<Disk> {
  const holder = `${volume}-holder`;
  const remove = () => {
    tryDocker('rm', '--force', holder);
    tryDocker('volume', 'rm', '--force', volume);
  };
  remove();
  const options = ['type=tmpfs', 'device=tmpfs', `o=size=${gigabytes}g`].flatMap((option) => ['--opt', option]);
  await demand('docker', ['volume', 'create', '--driver', 'local', ...options, volume]);
  await demand('docker', [
    'run',
    '--detach',
    '--name',
    holder,
    '--volume',
    `${volume}:/disk`,
    image,
    'sleep',
    'infinity',
  ]);
  return { volume, remove };
}

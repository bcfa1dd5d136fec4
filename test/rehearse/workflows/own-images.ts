// What the workflows leave in this machine's Docker engine, which is its user's.

import { spawnSync } from 'node:child_process';
import { DEFAULT_IMAGE } from '../../../infra/commands/image.ts';

const docker = (...args: string[]) => spawnSync('docker', args, { encoding: 'utf8' }).stdout?.trim() ?? '';

/** Notes what there is; gives a function that removes what came since. */
export function keepOwnImages(): () => void {
  const before = docker('image', 'inspect', '--format', '{{.Id}}', DEFAULT_IMAGE);
  return () => {
    const images = docker('image', 'ls', '--format', '{{.Repository}}:{{.Tag}}').split('\n');
    const pushed = images.filter((image) => /^127\.0\.0\.1:\d+\/plumbline:/.test(image));
    docker('image', 'rm', DEFAULT_IMAGE, ...pushed);
    if (before) docker('tag', before, DEFAULT_IMAGE);
  };
}

// What the workflows leave in this machine's Docker engine, which is its user's.

import { spawnSync } from 'node:child_process';
import { DEFAULT_IMAGE } from '../../../infra/commands/image.ts';

const docker = (...args: string[]) => spawnSync('docker', args, { encoding: 'utf8' }).stdout?.trim() ?? '';

/** Notes what there is; gives a function that removes what came since. */
export function keepOwnImages(): () => void {
  const before = docker('image', 'inspect', '--format', '{{.Id}}', DEFAULT_IMAGE);
  return () => {
    const images = docker('image', 'ls', '--digests', '--format', '{{.Repository}} {{.Tag}} {{.Digest}}').split('\n');
    const pushed = images
      .filter((image) => /^127\.0\.0\.1:\d+\/plumbline /.test(image))
      .map((image) => image.split(' '))
      // What was pulled by its digest has no tag.
      .map(([name, tag, digest]) => (tag === '<none>' ? `${name}@${digest}` : `${name}:${tag}`));
    docker('image', 'rm', DEFAULT_IMAGE, ...pushed);
    if (before) docker('tag', before, DEFAULT_IMAGE);
  };
}

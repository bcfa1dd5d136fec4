// What the Dockerfile builds upon.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { tryDocker } from '../docker.ts';
import { CannotRehearse } from '../report.ts';

const baseImage = 'node:24-bookworm-slim';

/**
 * The image that the project's is built on, or what stands in for it.
 *
 * @param offline the registry is not asked
 * @throws CannotRehearse where neither can be had
 */
export function haveBaseImage(offline = false): void {
  const has = () => tryDocker('image', 'inspect', baseImage);
  if (has() || (!offline && tryDocker('pull', '--quiet', baseImage))) return;
  console.log(`No registry gives ${baseImage}; building a stand-in of Debian's packages …`);
  const { stderr } = spawnSync(join(import.meta.dirname, 'base-image.sh'), [baseImage], { encoding: 'utf8' });
  if (!has())
    throw new CannotRehearse(`${baseImage} cannot be had; that takes a registry, or root and debootstrap.\n${stderr}`);
}

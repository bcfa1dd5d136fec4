// Builds the image of this code and the release in use.

import { cpSync, lstatSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { bytesOverBase, inspectImage } from './image.ts';
import { releaseInUse, releasesInUse } from './releases.ts';
import { run, show } from './tool.ts';
import { ToolError } from './tool-error.ts';

const manifestForm = z.object({ holdout: z.object({ r2: z.number() }) });

const root = fileURLToPath(new URL('../..', import.meta.url));

interface BuiltImage {
  /** SHA-256 of its configuration. */
  readonly id: string;
  /** The release inside, and its R² on held-out rows. */
  readonly release: string;
  readonly holdoutR2: number;
  /** The commit of the code, ending in -dirty where files differed from it; empty outside git. */
  readonly commit: string;
  /** Its size unpacked, and what of it the base image does not have. */
  readonly bytes: number;
  readonly bytesOverBase: number;
}

/**
 * Builds it under a name.
 *
 * @throws ToolError where there is no release, or Docker cannot build it
 */
export function buildImage(tag: string): BuiltImage {
  const artifacts = releasesInUse();
  const release = releaseInUse(artifacts);
  if (!release)
    throw new ToolError(`There is no release in ${artifacts} to put into the image. Train one: npm run train`);
  const { r2 } = manifestForm.parse(release.manifest).holdout;
  const labels = { COMMIT: commitOfCode(), RELEASE: release.id, HOLDOUT_R2: String(r2) };
  const args = Object.entries(labels).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]);
  withinContext(artifacts, release, (path) =>
    show('docker', ['build', '--tag', tag, ...args, '--build-arg', `RELEASES=${path}`, root]),
  );
  const { id, commit, bytes } = inspectImage(tag);
  return { id, release: release.id, holdoutR2: r2, commit, bytes, bytesOverBase: bytesOverBase(tag) };
}

/**
 * Tells `build` where the release lies below artifacts/, for Docker sees nothing beyond the project's folder. One from
 * elsewhere, or one that lies in the place of the link `current`, is copied there for as long as that takes.
 */
function withinContext(
  artifacts: string,
  release: { readonly id: string; readonly path: string },
  build: (path: string) => void,
): void {
  const below = join(root, 'artifacts');
  const path = relative(below, resolve(artifacts));
  if (!path.startsWith('..') && lstatSync(join(artifacts, 'current')).isSymbolicLink()) {
    build(path || '.');
    return;
  }
  mkdirSync(below, { recursive: true });
  const copy = mkdtempSync(join(below, '.image-'));
  try {
    cpSync(release.path, join(copy, release.id), { recursive: true });
    symlinkSync(release.id, join(copy, 'current'));
    build(basename(copy));
  } finally {
    rmSync(copy, { recursive: true });
  }
}

/** The commit of what goes into the image; empty outside git. */
function commitOfCode(): string {
  try {
    return run('git', ['-C', root, 'describe', '--always', '--dirty', '--abbrev=40', '--exclude=*']).trim();
  } catch {
    return '';
  }
}

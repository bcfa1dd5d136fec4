// Builds the image of this code and the release in use.

import { rmSync } from 'node:fs';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { copyRelease, isLinked, type Release, readRelease } from '../../ml/release/index.ts';
import { bytesOverBase, inspectImage } from './image.ts';
import { releasesInUse } from './releases.ts';
import { tidying } from './tidying.ts';
import { run, show } from './tool.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface BuiltImage {
  /** SHA-256 of its configuration. */
  readonly id: string;
  /** The release inside, and its scores on held-out rows by the names of their metrics. */
  readonly release: string;
  readonly holdout: Readonly<Record<string, number>>;
  /** The commit of the code, ending in -dirty where files differed from it; empty outside git. */
  readonly commit: string;
  /** Its size unpacked, and what of it the base image does not have. */
  readonly bytes: number;
  readonly bytesOverBase: number;
}

/**
 * Builds it under a name.
 *
 * @throws ReleaseError where there is no release, or not a whole one. @throws ToolError where Docker cannot build it
 */
export async function buildImage(tag: string): Promise<BuiltImage> {
  const artifacts = releasesInUse();
  const release = await readRelease(artifacts);
  const { holdout } = release.manifest;
  const labels = { COMMIT: commitOfCode(), RELEASE: release.id, HOLDOUT: scoresText(holdout) };
  const args = Object.entries(labels).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]);
  await withinContext(artifacts, release, (path) =>
    show('docker', ['build', '--tag', tag, ...args, '--build-arg', `RELEASES=${path}`, root]),
  );
  const { id, commit, bytes } = inspectImage(tag);
  return { id, release: release.id, holdout, commit, bytes, bytesOverBase: bytesOverBase(tag) };
}

/**
 * Tells `build` where the release lies below artifacts/, for Docker sees nothing beyond the project's folder. One from
 * elsewhere, or one that no link leads to, is copied there for as long as that takes.
 */
async function withinContext(artifacts: string, release: Release, build: (path: string) => void): Promise<void> {
  const below = join(root, 'artifacts');
  const path = relative(below, resolve(artifacts));
  if (!path.startsWith('..') && (await isLinked(artifacts))) return build(path || '.');
  await mkdir(below, { recursive: true });
  const copy = await mkdtemp(join(below, '.image-'));
  await tidying(
    async () => {
      await copyRelease(release, copy);
      build(basename(copy));
    },
    () => rmSync(copy, { recursive: true }),
  );
}

/** The commit of what goes into the image; empty outside git. */
function commitOfCode(): string {
  try {
    return run('git', ['-C', root, 'describe', '--always', '--dirty', '--abbrev=40', '--exclude=*']).trim();
  } catch {
    return '';
  }
}

/** "r2 0.8712, rmse 5.612, mae 4.321". */
export const scoresText = (scores: BuiltImage['holdout']): string =>
  Object.entries(scores)
    .map(([name, score]) => `${name} ${Number(score.toPrecision(4))}`)
    .join(', ');

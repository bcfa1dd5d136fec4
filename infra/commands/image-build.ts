// npm run image: builds the image of this code and the release in use.

import { cpSync, lstatSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { z } from 'zod';
import { bytesOverBase, DEFAULT_IMAGE, inspectImage, megabytes } from './image.ts';
import { releaseInUse, releasesInUse } from './releases.ts';
import { run, runCommand, show, ToolError } from './tool.ts';

const { tag, json } = new Command('npm run image --')
  .description(
    'Builds the container image: this code, its production dependencies, and the release in use of the\n' +
      'data set that DATASET or package.json names, under labels that say which commit, which release, and its R² on held-out rows.',
  )
  .option('--tag <name>', 'what the image is called here', DEFAULT_IMAGE)
  .option('--json <file>', 'write what was built to a file as well')
  .addHelpText(
    'after',
    '\nExamples:\n  npm run train && npm run image\n  npm run image -- --tag scores:next --json image.json\n  docker run --rm -p 8080:8080 plumbline',
  )
  .parse()
  .opts<{ tag: string; json?: string }>();

const manifestForm = z.object({ holdout: z.object({ r2: z.number() }) });

const root = fileURLToPath(new URL('../..', import.meta.url));

await runCommand(() => {
  const artifacts = releasesInUse();
  const release = releaseInUse(artifacts);
  if (!release)
    throw new ToolError(`There is no release in ${artifacts} to put into the image. Train one: npm run train`);
  const { r2 } = manifestForm.parse(release.manifest).holdout;
  const labels = { COMMIT: commit(), RELEASE: release.id, HOLDOUT_R2: String(r2) };
  const args = Object.entries(labels).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]);
  withinContext(artifacts, release, (path) =>
    show('docker', ['build', '--tag', tag, ...args, '--build-arg', `RELEASES=${path}`, root]),
  );
  const image = inspectImage(tag);
  const over = bytesOverBase(tag);
  const built = {
    image: tag,
    id: image.id,
    release: release.id,
    commit: image.commit,
    holdout_r2: r2,
    bytes: image.bytes,
    base_bytes: image.bytes - over,
  };
  if (json) writeFileSync(json, `${JSON.stringify(built, null, 2)}\n`);
  console.log(`${tag}: release ${release.id}, holdout R² ${r2.toFixed(4)}, commit ${image.commit || 'none'}`);
  console.log(`${megabytes(image.bytes)}, ${megabytes(over)} of them over the base image; ${image.id}`);
});

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
function commit(): string {
  try {
    return run('git', ['-C', root, 'describe', '--always', '--dirty', '--abbrev=40', '--exclude=*']).trim();
  } catch {
    return '';
  }
}

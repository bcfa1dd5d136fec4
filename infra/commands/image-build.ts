// npm run image: builds the image of this code and the release in use.

import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { z } from 'zod';
import { bytesOverBase, DEFAULT_IMAGE, inspectImage, megabytes } from './image.ts';
import { run, runCommand, show, ToolError } from './tool.ts';

const { tag, json } = new Command('npm run image --')
  .description(
    'Builds the container image: this code, its production dependencies, and the release in artifacts/current, under\n' +
      'labels that say which commit, which release, and its R² on held-out rows.',
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
  const { release, r2 } = readRelease();
  const labels = { COMMIT: commit(), RELEASE: release, HOLDOUT_R2: String(r2) };
  const args = Object.entries(labels).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]);
  show('docker', ['build', '--tag', tag, ...args, root]);
  const image = inspectImage(tag);
  const over = bytesOverBase(tag);
  const built = {
    image: tag,
    id: image.id,
    release,
    commit: image.commit,
    holdout_r2: r2,
    bytes: image.bytes,
    base_bytes: image.bytes - over,
  };
  if (json) writeFileSync(json, `${JSON.stringify(built, null, 2)}\n`);
  console.log(`${tag}: release ${release}, holdout R² ${r2.toFixed(4)}, commit ${image.commit || 'none'}`);
  console.log(`${megabytes(image.bytes)}, ${megabytes(over)} of them over the base image; ${image.id}`);
});

function readRelease(): { release: string; r2: number } {
  const current = join(root, 'artifacts', 'current');
  const manifest = join(current, 'manifest.json');
  if (!existsSync(manifest))
    throw new ToolError('There is no release in artifacts/ to put into the image. Train one: npm run train');
  const { holdout } = manifestForm.parse(JSON.parse(readFileSync(manifest, 'utf8')));
  return { release: basename(realpathSync(current)), r2: holdout.r2 };
}

/** The commit of what goes into the image; empty outside git. */
function commit(): string {
  try {
    return run('git', ['-C', root, 'describe', '--always', '--dirty', '--abbrev=40', '--exclude=*']).trim();
  } catch {
    return '';
  }
}

import { Command } from 'commander';
import { DEFAULT_IMAGE } from '../../infra/commands/image.ts';
import { jsonOption, printerBeside, writeJson } from '../output.ts';

export function imageBuildCommand(): Command {
  return new Command('build')
    .summary('Build the image.')
    .description(
      'Builds the container image: this code, its production dependencies, and the release in use of the\n' +
        'data set that DATASET or package.json names, under labels that say which commit, which release, and its scores on held-out rows.',
    )
    .option('--tag <name>', 'what the image is called here', DEFAULT_IMAGE)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExamples:\n  npm run train && npm run image\n  npm run image -- --tag scores:next --json image.json\n  docker run --rm -p 8080:8080 plumbline',
    )
    .action(run);
}

async function run({ tag, json }: { tag: string; json?: string }): Promise<void> {
  const print = await printerBeside(json);
  const { buildImage, scoresText } = await import('../../infra/commands/image-build.ts');
  const { id, release, commit, holdout, bytes, bytesOverBase } = await buildImage(tag);
  print(`${tag}: release ${release}, held-out ${scoresText(holdout)}, commit ${commit || 'none'}`);
  print(`${megabytes(bytes)}, ${megabytes(bytesOverBase)} of them over the base image; ${id}`);
  await writeJson(json, {
    image: tag,
    id,
    release,
    commit,
    holdout,
    bytes,
    base_bytes: bytes - bytesOverBase,
  });
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

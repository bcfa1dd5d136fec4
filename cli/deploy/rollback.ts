import { Command } from 'commander';
import type { TargetOptions } from '../../infra/commands/deploy/find-target.ts';
import { imageByDigest } from './image-argument.ts';
import { withTargetOptions } from './target-options.ts';

export function rollbackCommand(): Command {
  return withTargetOptions(
    new Command('rollback')
      .summary('Go back to an image that was live before.')
      .description(
        'Goes back to the version that was live before, or to another one, as carefully as a deploy goes forth.',
      )
      .argument('[image]', 'the image by its digest (default: the version before)', imageByDigest),
  )
    .addHelpText(
      'after',
      '\nExamples:\n  npm run rollback\n  npm run rollback -- 123456789012.dkr.ecr.eu-west-1.amazonaws.com/plumbline@sha256:…',
    )
    .action(async (image: string | undefined, options: TargetOptions) => {
      const { findTarget } = await import('../../infra/commands/deploy/find-target.ts');
      process.exitCode = await findTarget(options).rollback(image);
    });
}

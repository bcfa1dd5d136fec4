import { Command } from 'commander';
import type { TargetOptions } from '../../infra/commands/deploy/find-target.ts';
import { imageByDigest } from './image-argument.ts';
import { withTargetOptions } from './target-options.ts';

export function deployCommand(): Command {
  return withTargetOptions(
    new Command('deploy')
      .summary('Put an image live.')
      .description(
        'Puts an image live on what the stack has to run it, without losing a request, or leaves everything as it was. Exits\n' +
          'with 0 where it is live, and with 1 where it is not and the version before it serves.',
      )
      .argument('<image>', 'the image by its digest, REPOSITORY@sha256:…', imageByDigest),
  )
    .addHelpText(
      'after',
      '\nExamples:\n  npm run deploy -- 123456789012.dkr.ecr.eu-west-1.amazonaws.com/plumbline@sha256:…' +
        '\n  npm run deploy -- 123456789012.dkr.ecr.eu-west-1.amazonaws.com/plumbline@sha256:… --stack scores',
    )
    .action(async (image: string, options: TargetOptions) => {
      const { findTarget } = await import('../../infra/commands/deploy/find-target.ts');
      process.exitCode = await findTarget(options).deploy(image);
    });
}

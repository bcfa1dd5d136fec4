import { Command } from 'commander';
import type { TargetOptions } from '../../infra/commands/deploy/find-target.ts';
import { withTargetOptions } from './target-options.ts';

export function statusCommand(): Command {
  return withTargetOptions(
    new Command('status')
      .summary('Say what runs, and what was deployed before.')
      .description('Says what runs, since when, and what was deployed before.'),
  )
    .addHelpText('after', '\nExamples:\n  npm run status\n  npm run status -- --stack scores --region eu-west-1')
    .action(async (options: TargetOptions) => {
      const { findTarget } = await import('../../infra/commands/deploy/find-target.ts');
      process.exitCode = await findTarget(options).status();
    });
}

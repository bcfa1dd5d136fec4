import { Command, Option } from 'commander';
import type { StackPlace } from '../../infra/commands/stack-outputs.ts';

export function githubCheckCommand(): Command {
  return new Command('check')
    .summary('Say whether its workflows deploy to what the stack has.')
    .description(
      "Says whether the repository's workflows deploy to what the stack runs the app on. Exits with 1 where they do not, as after a\n" +
        'change from a server to a fleet without npm run github:setup. Needs the AWS CLI, logged in.',
    )
    .addOption(new Option('--stack <name>', 'the deployed stack').default('plumbline'))
    .addOption(new Option('--region <region>', "the stack's region (default: the AWS CLI's)"))
    .addOption(
      new Option('--target <locator>', "what GitHub's variable DEPLOY_TARGET says")
        .env('DEPLOY_TARGET')
        .default('server'),
    )
    .addHelpText(
      'after',
      '\nExamples:\n  npm run github:check\n  npm run github:check -- --target fleet/eu-west-1/plumbline --stack plumbline',
    )
    .action(async ({ target, ...place }: StackPlace & { readonly target: string }) => {
      const { checkTarget } = await import('../../infra/commands/github-check.ts');
      console.log(checkTarget(place, target || 'server'));
    });
}

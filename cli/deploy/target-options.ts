import { type Command, Option } from 'commander';

/** The options by which a command finds what it deploys to. */
export function withTargetOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--target <locator>',
        'what to deploy to, as the stack puts it out (default: the server where this is one, else what the stack says)',
      ).env('DEPLOY_TARGET'),
    )
    .addOption(
      new Option('--stack <name>', 'the deployed stack, asked where nothing names a target').default('plumbline'),
    )
    .addOption(new Option('--region <region>', "the stack's region (default: the AWS CLI's)"));
}

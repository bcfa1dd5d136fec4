import { Command } from 'commander';
import { type StackOptions, stackOptions } from '../stack-options.ts';

export function runnerRegisterCommand(): Command {
  const command = new Command('register')
    .summary('Register the server as a runner of the repository.')
    .description(
      'Registers the server as a self-hosted runner of the repository: asks GitHub for a registration token (an hour\n' +
        'long) and hands it over through Session Manager. Needs the AWS CLI with its Session Manager plugin, and the\n' +
        'GitHub CLI (gh), logged in as an administrator of the repository. Run it again to register anew.',
    );
  for (const option of stackOptions()) command.addOption(option);
  return command
    .option('--github <url>', 'where GitHub is, for an Enterprise Server', 'https://github.com')
    .addHelpText(
      'after',
      '\nExamples:\n  npm run runner:register\n  npm run runner:register -- --region eu-west-1\n' +
        '\nBy hand, without gh: open a session (aws ssm start-session --target INSTANCE), and there\n' +
        '  sudo /opt/plumbline/host/register-runner.sh https://github.com/OWNER/REPO',
    )
    .action(async (options: StackOptions & { readonly github: string }) => {
      const { registerRunner } = await import('../../infra/commands/runner-register.ts');
      await registerRunner(options, (text) => process.stdout.write(text));
    });
}

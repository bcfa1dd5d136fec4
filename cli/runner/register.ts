import { text } from 'node:stream/consumers';
import { Command } from 'commander';
import { ToolError } from '../../infra/commands/tool-error.ts';
import { isTerminal } from '../init/ask.ts';
import { type StackOptions, stackOptions } from '../stack-options.ts';

export function runnerRegisterCommand(): Command {
  const command = new Command('register')
    .summary('Register the server as a runner of the repository.')
    .description(
      'Registers the server as a self-hosted runner of the repository: asks GitHub for a registration token (an hour\n' +
        'long) and hands it over through Session Manager. Needs the AWS CLI with its Session Manager plugin, and the\n' +
        'GitHub CLI (gh), logged in as an administrator of the repository. Run it again to register anew.\n\n' +
        'With the setting runner=ephemeral the server is registered for each job: asks for a token of GitHub that may do so,\n' +
        'and puts it into Secrets Manager, where one function of the stack reads it, and never the server.',
    );
  for (const option of stackOptions()) command.addOption(option);
  return command
    .option('--github <url>', 'where GitHub is, for an Enterprise Server', 'https://github.com')
    .addHelpText(
      'after',
      '\nExamples:\n  npm run runner:register\n  npm run runner:register -- --region eu-west-1\n' +
        '  npm run --silent runner:register <token.txt\n' +
        '\nBy hand, without gh: open a session (aws ssm start-session --target INSTANCE), and there\n' +
        '  sudo /opt/plumbline/host/register-runner.sh https://github.com/OWNER/REPO',
    )
    .action(run);
}

async function run(options: StackOptions & { readonly github: string }): Promise<void> {
  const { readOutputs } = await import('../../infra/commands/stack-outputs.ts');
  const outputs = readOutputs(options);
  if (outputs.RunnerTokenArn) {
    const { keepRunnerToken } = await import('../../infra/commands/runner-token.ts');
    keepRunnerToken(outputs, options, await readToken(), options.repo);
    console.log(
      'The token is in Secrets Manager. The server registers itself for each job, within a minute for the first.',
    );
    return;
  }
  if (!outputs.RegisterRunner)
    throw new ToolError('There is no runner to register: the stack was deployed with runner=none, or has no server.');
  const { registerRunner } = await import('../../infra/commands/runner-register.ts');
  await registerRunner(outputs, options, (said) => process.stdout.write(said));
}

/** From the terminal, which does not show it, or from standard input. */
async function readToken(): Promise<string> {
  if (!isTerminal()) return (await text(process.stdin)).trim();
  const { isCancel, password } = await import('@clack/prompts');
  const answer = await password({
    message: 'A fine-grained token of GitHub, for this repository alone, with "Administration: read and write":',
  });
  if (isCancel(answer)) throw new ToolError('Nothing was changed.');
  return answer.trim();
}

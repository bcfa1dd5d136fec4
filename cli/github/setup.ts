import { createInterface } from 'node:readline/promises';
import { Command } from 'commander';
import { ToolError } from '../../infra/commands/tool-error.ts';
import { type StackOptions, stackOptions } from '../stack-options.ts';

export function githubSetupCommand(): Command {
  const command = new Command('setup')
    .summary('Set what its workflows deploy with.')
    .description(
      "Sets the repository's variables and secrets that its workflows deploy with, and makes its environment\n" +
        '"production" take the branch main only. Needs the AWS CLI and the GitHub CLI (gh), both logged in.',
    );
  for (const option of stackOptions()) command.addOption(option);
  return command
    .option('--yes', 'do it without asking', false)
    .addHelpText('after', '\nExamples:\n  npm run github:setup\n  npm run github:setup -- --region eu-west-1 --yes')
    .action(run);
}

async function run(options: StackOptions & { readonly yes: boolean }): Promise<void> {
  const { planGitHub } = await import('../../infra/commands/github-plan.ts');
  const { repository, actions, warnings } = planGitHub(options, options.repo);
  console.log(`At ${repository}:`);
  for (const { title } of actions) console.log(`  - ${title}`);
  for (const warning of warnings) console.error(`Note: ${warning}`);
  if (!options.yes && !(await confirmed())) {
    console.log('Nothing was changed.');
    return;
  }
  for (const { title, perform } of actions) {
    perform();
    console.log(`done: ${title}`);
  }
}

async function confirmed(): Promise<boolean> {
  if (!process.stdin.isTTY) throw new ToolError('Nobody is there to ask; say --yes to do it. Nothing was changed.');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question('Do this? [y/N] ');
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

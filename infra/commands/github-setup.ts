// npm run github:setup: sets at GitHub what the deployed stack says, after showing it.

import { createInterface } from 'node:readline/promises';
import { Command } from 'commander';
import { planGitHub } from './github-plan.ts';
import { chooseRepository, readOutputs } from './stack-outputs.ts';
import { run, runCommand, ToolError } from './tool.ts';

const command = new Command('npm run github:setup --')
  .description(
    "Sets the repository's variables and secrets that its workflows deploy with, and makes its environment\n" +
      '"production" take the branch main only. Needs the AWS CLI and the GitHub CLI (gh), both logged in.',
  )
  .option('--stack <name>', 'the deployed stack', 'plumbline')
  .option('--region <region>', "the stack's region (default: the AWS CLI's)")
  .option('--repo <owner/repo>', "the repository (default: the stack's setting github)")
  .option('--yes', 'do it without asking', false)
  .addHelpText('after', '\nExamples:\n  npm run github:setup\n  npm run github:setup -- --region eu-west-1 --yes')
  .parse();

const options = command.opts<{ stack: string; region?: string; repo?: string; yes: boolean }>();

await runCommand(async () => {
  const outputs = readOutputs(options);
  const repository = chooseRepository(outputs, options.repo);
  run('gh', ['auth', 'status']);
  const { actions, warnings } = planGitHub(repository, outputs, options);
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
});

async function confirmed(): Promise<boolean> {
  if (!process.stdin.isTTY) throw new ToolError('Nobody is there to ask; say --yes to do it. Nothing was changed.');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question('Do this? [y/N] ');
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

// npm run live: asks the service from outside, as its users reach it, whether it serves.

import { Command } from 'commander';
import { awaitReady, checkForm } from './served-version.ts';
import { runCommand } from './tool.ts';

const command = new Command('npm run live --')
  .description('Asks a deployed service, from where its users are, whether it is ready and serves its form.')
  .argument('<url>', 'its address, as the stack puts it out')
  .option('--release <id>', 'the release that it has to serve')
  .option('--seconds <n>', 'how long to wait for that', Number, 30)
  .addHelpText(
    'after',
    '\nExamples:\n  npm run live -- https://scores.example.com\n  npm run live -- http://192.0.2.7 --release fd8c35ee0ef6',
  )
  .parse();

await runCommand(async () => {
  const { release, seconds } = command.opts<{ release?: string; seconds: number }>();
  const url = (command.args[0] as string).replace(/\/+$/, '');
  const served = await awaitReady(url, seconds, release);
  await checkForm(url);
  console.log(`${url} serves release ${served}.`);
});

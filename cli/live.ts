import { Command, InvalidArgumentError } from 'commander';

export function liveCommand(): Command {
  return new Command('live')
    .summary('Ask a deployed service whether it is ready.')
    .description('Asks a deployed service, from where its users are, whether it is ready and serves its form.')
    .argument('<url>', 'its address, as the stack puts it out')
    .option('--release <id>', 'the release that it has to serve')
    .option('--seconds <n>', 'how long to wait for that', seconds, 30)
    .addHelpText(
      'after',
      '\nExamples:\n  npm run live -- https://scores.example.com\n  npm run live -- http://192.0.2.7 --release fd8c35ee0ef6',
    )
    .action(run);
}

async function run(address: string, { release, seconds }: { release?: string; seconds: number }): Promise<void> {
  const { awaitReady, checkForm } = await import('../infra/commands/served-version.ts');
  const url = address.replace(/\/+$/, '');
  const served = await awaitReady(url, seconds, release);
  await checkForm(url);
  console.log(`${url} serves release ${served}.`);
}

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0)) throw new InvalidArgumentError('It must be a number of seconds.');
  return value;
}

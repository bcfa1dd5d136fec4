import { Command, InvalidArgumentError } from 'commander';

export function liveCommand(): Command {
  return new Command('live')
    .summary('Ask a deployed service whether it is ready.')
    .description('Asks a deployed service, from where its users are, whether it is ready and serves its form.')
    .argument('<url>', 'its address, as the stack puts it out', serviceAddress)
    .option('--release <id>', 'the release that it has to serve')
    .option('--seconds <n>', 'how long to wait for that', seconds, 30)
    .addHelpText(
      'after',
      '\nExamples:\n  npm run live -- https://scores.example.com\n  npm run live -- http://192.0.2.7 --release fd8c35ee0ef6',
    )
    .action(run);
}

async function run(url: string, { release, seconds }: { release?: string; seconds: number }): Promise<void> {
  const { awaitReady, checkForm } = await import('../infra/commands/served-version.ts');
  const served = await awaitReady(url, seconds, release);
  await checkForm(url);
  console.log(`${url} serves release ${served}.`);
}

/** Without a slash at its end. */
function serviceAddress(text: string): string {
  if (/^https?:\/\/./i.test(text) && URL.canParse(text)) return text.replace(/\/+$/, '');
  throw new InvalidArgumentError(
    'It must be an address with http:// or https://. In a workflow it is the variable APP_URL, which npm run github:setup sets.',
  );
}

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0)) throw new InvalidArgumentError('It must be a number of seconds.');
  return value;
}

import { Command } from 'commander';

export function releaseReuseCommand(): Command {
  return new Command('reuse')
    .summary('Fetch the release that was pushed last.')
    .description(
      'Fetches the release that was pushed last, of the ten commits before this one, into the releases of the data\n' +
        'set that DATASET or package.json names, for `npm run train -- --if-changed` to decide whether it still holds.\n' +
        'Where there is none, or it is of another data set, nothing happens.',
    )
    .requiredOption('--repository <uri>', 'the repository, as the stack puts it out')
    .addHelpText(
      'after',
      '\nExamples:\n  npm run release:reuse -- --repository 123456789012.dkr.ecr.eu-west-1.amazonaws.com/plumbline',
    )
    .action(async ({ repository }: { repository: string }) => {
      const { reuseRelease } = await import('../../infra/commands/release-reuse.ts');
      console.log(await reuseRelease(repository));
    });
}

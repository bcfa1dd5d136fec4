import { Command } from 'commander';

export function releaseReuseCommand(): Command {
  return new Command('reuse')
    .summary('Fetch the release that serves.')
    .description(
      'Fetches the release that serves, or else the one that was pushed last, of the images of the ten commits before this\n' +
        'one, into the releases of the data set that DATASET or package.json names, for `npm run train -- --if-changed` to\n' +
        'decide whether it still holds, and to compare with it what is trained otherwise. An image has no rows, so these\n' +
        'are taken from the history of the repository. Where there is none, or it is of another data set, nothing happens.',
    )
    .requiredOption('--repository <uri>', 'the repository, as the stack puts it out')
    .option('--serving <url>', 'where the app is served, to ask it which release that is')
    .addHelpText(
      'after',
      '\nExamples:\n  npm run release:reuse -- --repository 123456789012.dkr.ecr.eu-west-1.amazonaws.com/plumbline' +
        '\n  npm run release:reuse -- --repository 123456789012.dkr.ecr.eu-west-1.amazonaws.com/plumbline \\\n    --serving https://scores.example.com',
    )
    .action(async ({ repository, serving }: { repository: string; serving?: string }) => {
      const [{ reuseRelease }, { restoreRows }] = await Promise.all([
        import('../../infra/commands/release-reuse.ts'),
        import('../../ml/pipeline/restore-rows.ts'),
      ]);
      const url = serving?.trim().replace(/\/+$/, '') || undefined;
      console.log(await reuseRelease(repository, { serving: url, restoreRows }));
    });
}

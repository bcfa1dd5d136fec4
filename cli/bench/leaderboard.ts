import { Command } from 'commander';
import type { LeaderboardOptions } from '../../bench/leaderboard.ts';
import { jsonOption, writeJson } from '../output.ts';
import { onlyOption, pythonOption } from './options.ts';

export function leaderboardCommand(): Command {
  return new Command('leaderboard')
    .description(
      'Our classifiers and the references’, each at its defaults, on the same rows of real tables: log loss and accuracy on a quarter that\n' +
        'is held out, the mean over three seeds. The target is how much worse than its reference a family may be.',
    )
    .addOption(onlyOption())
    .addOption(pythonOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExamples:\n  npm run bench -- leaderboard                              (minutes)' +
        '\n  npm run bench -- leaderboard --only wine --json wine.json',
    )
    .action(run);
}

async function run({ json, ...options }: LeaderboardOptions & { readonly json?: string }): Promise<void> {
  const [{ measureLeaderboard }, { printRows }] = await Promise.all([
    import('../../bench/leaderboard.ts'),
    import('./tables.ts'),
  ]);
  const rows = await measureLeaderboard(options);
  console.log(`\n${printRows(rows)}`);
  await writeJson(json, rows);
}

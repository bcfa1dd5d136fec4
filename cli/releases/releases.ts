import { Command } from 'commander';
import { releasesCompareCommand } from './compare.ts';
import { releasesListCommand } from './list.ts';
import { releasesPromoteCommand } from './promote.ts';
import { releasesRollbackCommand } from './rollback.ts';
import { releasesShowCommand } from './show.ts';

export function releasesCommand(): Command {
  return new Command('releases')
    .summary('List releases, compare two of them, put another one into use.')
    .description(
      'Lists the releases of the data set, the newest first, and says which one is in use. A release is named by the\n' +
        'beginning of its id, or as "current".',
    )
    .addCommand(releasesListCommand(), { isDefault: true })
    .addCommand(releasesShowCommand())
    .addCommand(releasesCompareCommand())
    .addCommand(releasesPromoteCommand())
    .addCommand(releasesRollbackCommand())
    .addHelpText(
      'after',
      `
Examples:
  npm run releases
  npm run releases -- show current
  npm run releases -- compare current 1380a7
  npm run releases -- promote 1380a7
  npm run releases -- rollback`,
    );
}

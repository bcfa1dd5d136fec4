import { Command } from 'commander';
import { rollBack } from '../../ml/release/use.ts';
import { artifactsOption, datasetOption, jsonOption, type Place } from '../output.ts';
import { putIntoUse } from './put-into-use.ts';

export function releasesRollbackCommand(): Command {
  return new Command('rollback')
    .description(
      'Put the release into use that was in use before: undoes the last training or promotion, and called again the one\n' +
        'before that. What is undone stays, and can be promoted.',
    )
    .addOption(datasetOption())
    .addOption(artifactsOption())
    .addOption(jsonOption())
    .addHelpText('after', '\nExamples:\n  npm run releases -- rollback')
    .action((options: Place & { json?: string }) => putIntoUse(options, rollBack));
}

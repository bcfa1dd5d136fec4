import { Command } from 'commander';
import { ReleaseError } from '../../ml/core/errors.ts';
import { recordedTask } from '../../ml/release/recorded-task.ts';
import { promoteRelease } from '../../ml/release/use.ts';
import { judge } from '../../ml/selection/gate.ts';
import { artifactsOption, datasetOption, jsonOption, type Place } from '../output.ts';
import { releaseArgument, releaseFinder } from './named-release.ts';
import { putIntoUse } from './put-into-use.ts';

export function releasesPromoteCommand(): Command {
  return new Command('promote')
    .description(
      'Put a release into use, once each of its files is seen to be as it was written. Rolling back undoes it.',
    )
    .addArgument(releaseArgument())
    .addOption(datasetOption())
    .addOption(artifactsOption())
    .addOption(jsonOption())
    .addHelpText('after', '\nExamples:\n  npm run releases -- promote 1380a7')
    .action(async (name: string, options: Place & { json?: string }) => {
      const { id, state, manifest } = (await releaseFinder(options))(name);
      if (state === 'held back')
        throw new ReleaseError(
          `release ${id} was held back${manifest ? `: ${judge(manifest, recordedTask(manifest)).reason}` : ''}. To release it all the same, train it again with --force; it takes no time, since its model is kept`,
        );
      await putIntoUse(options, (artifacts, check) => promoteRelease(artifacts, id, check));
    });
}

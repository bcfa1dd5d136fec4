import { Command } from 'commander';
import { imageBuildCommand } from './build.ts';
import { imagePushCommand } from './push.ts';
import { imageScanCommand } from './scan.ts';
import { imageSmokeCommand } from './smoke.ts';

export function imageCommand(): Command {
  return new Command('image')
    .description('The container image of this code and the release in use.')
    .addHelpText('after', '\nExamples:\n  npm run image\n  npm run image:smoke\n  npm run image:scan')
    .addCommand(imageBuildCommand())
    .addCommand(imageSmokeCommand())
    .addCommand(imageScanCommand())
    .addCommand(imagePushCommand());
}

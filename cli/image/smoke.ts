import { Command } from 'commander';
import { DEFAULT_IMAGE } from '../../infra/commands/image.ts';

export function imageSmokeCommand(): Command {
  return new Command('smoke')
    .summary('Start an image as the server would, and ask it for a prediction.')
    .description(
      'Starts an image as the server would (read-only, no capabilities, bounded memory and processes), asks it for\n' +
        'readiness, the form and a prediction, and stops it.',
    )
    .argument('[image]', 'the image', DEFAULT_IMAGE)
    .addHelpText('after', '\nExamples:\n  npm run image:smoke\n  npm run image:smoke -- scores:next')
    .action(async (name: string) => {
      const { smokeImage } = await import('../../infra/commands/image-smoke.ts');
      await smokeImage(name, { print: console.log, warn: console.error });
    });
}

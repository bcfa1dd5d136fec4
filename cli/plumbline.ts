// The one command line program. A subcommand is a file that reads options and prints; what it does lies elsewhere, and is
// loaded when it runs, so that --help costs next to nothing.

import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { benchCommand } from './bench/bench.ts';
import { githubSetupCommand } from './github/setup.ts';
import { imageBuildCommand } from './image/build.ts';
import { imagePushCommand } from './image/push.ts';
import { imageScanCommand } from './image/scan.ts';
import { imageSmokeCommand } from './image/smoke.ts';
import { liveCommand } from './live.ts';
import { modelsCommand } from './models.ts';
import { predictCommand } from './predict.ts';
import { releaseReuseCommand } from './release/reuse.ts';
import { reportCommand } from './report.ts';
import { runnerRegisterCommand } from './runner/register.ts';
import { tellError } from './tell-error.ts';
import { trainCommand } from './train.ts';

// What was compiled is kept for the next command, and for the threads of this one: a third of the time of a short training.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('../node_modules/.cache/compile', import.meta.url));
enableCompileCache(process.env.NODE_COMPILE_CACHE);

/** What a shell says of a process that SIGPIPE ended. */
const CLOSED_PIPE = 141;

const program = new Command('plumbline')
  .description('From a CSV to a prediction service: train a model, predict with it, and bring it live.')
  .addHelpText(
    'after',
    '\nExamples:\n  npm run train\n  npm run predict -- --help\n  npm run image && npm run image:smoke',
  )
  .addCommand(trainCommand())
  .addCommand(predictCommand())
  .addCommand(modelsCommand())
  .addCommand(reportCommand())
  .addCommand(
    new Command('image')
      .description('The container image of this code and the release in use.')
      .addHelpText('after', '\nExamples:\n  npm run image\n  npm run image:smoke\n  npm run image:scan')
      .addCommand(imageBuildCommand())
      .addCommand(imageSmokeCommand())
      .addCommand(imageScanCommand())
      .addCommand(imagePushCommand()),
  )
  .addCommand(new Command('release').description('Releases of models.').addCommand(releaseReuseCommand()))
  .addCommand(liveCommand())
  .addCommand(new Command('github').description('The repository on GitHub.').addCommand(githubSetupCommand()))
  .addCommand(new Command('runner').description("The server as GitHub's runner.").addCommand(runnerRegisterCommand()))
  .addCommand(benchCommand());
throwErrors(program);

// Whoever reads no further, as head does, has seen enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(CLOSED_PIPE);
});

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = tellError(error);
}

/** What is wrong with a command line is thrown, and said with where to look further. */
function throwErrors(command: Command): void {
  command.exitOverride().showHelpAfterError('(--help shows examples)');
  command.commands.forEach(throwErrors);
}

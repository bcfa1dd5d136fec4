// The commands of the one program, each loaded when it is asked for, so that each starts at once.

import { Command } from 'commander';

const commands: Readonly<Record<string, () => Promise<Command>>> = {
  init: async () => (await import('./init.ts')).initCommand(),
  start: async () => (await import('./start.ts')).startCommand(),
  'check-data': async () => (await import('./check-data.ts')).checkDataCommand(),
  train: async () => (await import('./train.ts')).trainCommand(),
  import: async () => (await import('./import.ts')).importCommand(),
  predict: async () => (await import('./predict.ts')).predictCommand(),
  models: async () => (await import('./models.ts')).modelsCommand(),
  report: async () => (await import('./report.ts')).reportCommand(),
  client: async () => (await import('./client.ts')).clientCommand(),
  releases: async () => (await import('./releases/releases.ts')).releasesCommand(),
  keys: async () => (await import('./keys.ts')).keysCommand(),
  image: async () => (await import('./image/image.ts')).imageCommand(),
  release: async () =>
    new Command('release')
      .description('Releases of models.')
      .addHelpText('after', '\nExamples:\n  npm run release:reuse -- --help')
      .addCommand((await import('./release/reuse.ts')).releaseReuseCommand()),
  cost: async () => (await import('./cost.ts')).costCommand(),
  deploy: async () => (await import('./deploy/deploy.ts')).deployCommand(),
  rollback: async () => (await import('./deploy/rollback.ts')).rollbackCommand(),
  status: async () => (await import('./deploy/status.ts')).statusCommand(),
  live: async () => (await import('./live.ts')).liveCommand(),
  github: async () =>
    new Command('github')
      .description('The repository on GitHub.')
      .addHelpText('after', '\nExamples:\n  npm run github:setup\n  npm run github:check')
      .addCommand((await import('./github/setup.ts')).githubSetupCommand())
      .addCommand((await import('./github/check.ts')).githubCheckCommand()),
  runner: async () =>
    new Command('runner')
      .description("The server as GitHub's runner.")
      .addHelpText('after', '\nExamples:\n  npm run runner:register')
      .addCommand((await import('./runner/register.ts')).runnerRegisterCommand()),
  bench: async () => (await import('./bench/bench.ts')).benchCommand(),
};

/**
 * The program with the command that is asked for, or with all of them.
 *
 * @param asked its first word
 */
export async function programFor(asked: string): Promise<Command> {
  const program = new Command('plumbline')
    .description('From a CSV to a prediction service: train a model, predict with it, and bring it live.')
    .addHelpText(
      'after',
      '\nExamples:\n  npm run init -- ~/cars.csv --target price\n  npm run train\n  npm run predict -- --help\n  npm run image && npm run image:smoke',
    );
  const loading = Object.hasOwn(commands, asked) ? [commands[asked]] : Object.values(commands);
  for (const command of await Promise.all(loading.map((load) => load?.()))) if (command) program.addCommand(command);
  finish(program);
  return program;
}

/** What is wrong with a command line is thrown, and said with where to look further; a description is wrapped to the terminal alone. */
function finish(command: Command): void {
  command.exitOverride().showHelpAfterError('(--help shows examples)');
  command.description(command.description().replaceAll(/(?<!\n)\n(?!\n)/g, ' '));
  command.commands.forEach(finish);
}

import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { serverProcess } from '../app/server-process.ts';
import { ParamError } from '../ml/core/errors.ts';
import { datasetFolder } from '../ml/data/dataset-setting.ts';
import { type InitOptions, withInitOptions } from './init/init-options.ts';
import { outputWidth } from './wrap-text.ts';

const server = fileURLToPath(new URL('../app/server.ts', import.meta.url));

interface Options extends InitOptions {
  readonly budget?: string;
  readonly tune: boolean;
}

export function startCommand(): Command {
  return withInitOptions(new Command('start'))
    .summary('Train where there is no release yet, and serve the form and the API.')
    .description(
      'Trains where there is no release yet, and serves the form and the API. Given a file, it makes a data set of it first,\n' +
        'or takes up the one that it has made of the same file before.',
    )
    .argument('[file]', 'a file that nobody prepared (default: the data set that DATASET or package.json names)')
    .option('--budget <time>', 'what the training may take, as 60s, 10m or 2h')
    .option('--no-tune', 'try each model once, at its defaults')
    .addHelpText(
      'after',
      `
Examples:
  npm start
  npm start -- ~/cars.csv --target price
  npm start -- ~/cars.csv --target price --budget 2m
  DATASET=data/cars npm start
  PORT=9000 npm start`,
    )
    .action(run);
}

async function run(file: string | undefined, { budget, tune, ...options }: Options): Promise<void> {
  const unused =
    file === undefined
      ? Object.keys(options).find((name) => options[name as keyof InitOptions] !== undefined)
      : undefined;
  if (unused !== undefined)
    throw new ParamError(`--${unused} is for a file: npm start -- path/to/file.csv --target column`);
  const dataset = file === undefined ? undefined : await datasetOf(file, options);
  const { trainCommand } = await import('./train.ts');
  const more = [...(budget === undefined ? [] : ['--budget', budget]), ...(tune ? [] : ['--no-tune'])];
  const asked = ['--if-missing', ...(dataset === undefined ? [] : ['--dataset', dataset]), ...more];
  await trainCommand().exitOverride().parseAsync(asked, { from: 'user' });
  if (process.exitCode) return;
  serve(dataset ?? datasetFolder());
}

/** The folder of a file's data set, made now or earlier. */
async function datasetOf(file: string, options: InitOptions): Promise<string> {
  const [{ madeBefore }, { initFile }, { initSummary }] = await Promise.all([
    import('../ml/pipeline/init/made-before.ts'),
    import('./init/init-file.ts'),
    import('./init/init-summary.ts'),
  ]);
  const made = options.force ? undefined : await madeBefore(file, options);
  if (made !== undefined) {
    console.log(`Taking up ${made}, which was made of the same file`);
    return made;
  }
  const { result, evidence } = await initFile(file, options);
  console.log(initSummary(result, evidence, outputWidth()));
  return result.folder;
}

/** Becomes the server: the process that npm started, so that it hears the signals that npm passes on. */
function serve(dataset: string): void {
  const args = [process.execPath, ...serverProcess.flags, server];
  process.execve?.(process.execPath, args, { ...serverProcess.environment, ...process.env, DATASET: dataset });
}

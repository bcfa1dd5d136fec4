import { Command, Option } from 'commander';
import { type SourceName, sourceNames } from '../../bench/scale/sources.ts';
import { jsonOption, writeJson } from '../output.ts';
import { whole } from './options.ts';

interface Options {
  readonly data: SourceName;
  readonly rows: number;
  readonly budget?: number;
  readonly json?: string;
}

export function scaleCommand(): Command {
  return new Command('scale')
    .description(
      'From a file to a release that serves: what each stage takes, and the most memory that any process had. The file is a\n' +
        'generated CSV of 20 columns and some 170 bytes a row, or that of three million flights in the package vega-datasets.',
    )
    .addOption(new Option('--data <name>', 'the file').choices(sourceNames).default('orders'))
    .option('--rows <n>', 'so many rows, of a generated file', whole, 1_000_000)
    .option('--budget <seconds>', 'the seconds that the training may take (default: what it gives itself)', whole)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExamples:\n  npm run bench -- scale\n  npm run bench -- scale --rows 100000 --budget 60\n  npm run bench -- scale --data flights',
    )
    .action(run);
}

async function run({ data, rows, budget, json }: Options): Promise<void> {
  const [{ measureScale }, { printScaled }] = await Promise.all([
    import('../../bench/scale.ts'),
    import('./tables.ts'),
  ]);
  const scaled = await measureScale({ data, rows, budgetSeconds: budget });
  console.log(printScaled(scaled));
  await writeJson(json, scaled);
}

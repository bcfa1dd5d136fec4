import { Command } from 'commander';
import { jsonOption, writeJson } from '../output.ts';
import { whole } from './options.ts';

interface Options {
  readonly rows: number;
  readonly budget: number;
  readonly json?: string;
}

export function scaleCommand(): Command {
  return new Command('scale')
    .description(
      'A generated CSV of 20 columns and some 170 bytes a row, from the file to a release that serves: what each stage takes,\n' +
        'and the most memory that any process had.',
    )
    .option('--rows <n>', 'so many rows', whole, 1_000_000)
    .option('--budget <seconds>', 'the seconds that the training may take', whole, 200)
    .addOption(jsonOption())
    .addHelpText('after', '\nExamples:\n  npm run bench -- scale\n  npm run bench -- scale --rows 100000 --budget 60')
    .action(run);
}

async function run({ rows, budget, json }: Options): Promise<void> {
  const [{ measureScale }, { printScaled }] = await Promise.all([
    import('../../bench/scale.ts'),
    import('./tables.ts'),
  ]);
  const scaled = await measureScale({ rows, budgetSeconds: budget });
  console.log(printScaled(scaled));
  await writeJson(json, scaled);
}

import { Command } from 'commander';
import type { PredictOptions } from '../../bench/predict.ts';
import { jsonOption, writeJson } from '../output.ts';
import { onlyOption, pythonOption, whole } from './options.ts';

export function predictCommand(): Command {
  return new Command('predict')
    .description(
      'Time to predict by trees that are grown, beside XGBoost: one row, many rows with two threads each, and what columns\n' +
        'contribute to 10,000. Either side has its rows in memory as it takes them. They take turns on the same data; the best\n' +
        'time of each counts.',
    )
    .addOption(pythonOption())
    .option('--no-python', 'ours alone')
    .addOption(onlyOption())
    .option('--rows <n>', 'that are predicted together', whole, 1_000_000)
    .option('--repeat <n>', 'how often each side is measured', whole, 5)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExamples:\n  npm run bench -- predict                              (minutes)' +
        '\n  npm run bench -- predict --only "one prediction" --no-python --json predict.json',
    )
    .action(run);
}

async function run({ json, ...options }: PredictOptions & { readonly json?: string }): Promise<void> {
  const [{ measurePredictions }, { printRows }] = await Promise.all([
    import('../../bench/predict.ts'),
    import('./tables.ts'),
  ]);
  const rows = await measurePredictions(options);
  console.log(`\n${printRows(rows)}`);
  await writeJson(json, rows);
}

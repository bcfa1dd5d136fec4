import { Command } from 'commander';
import type { DriftOptions } from '../../bench/drift.ts';
import { jsonOption, writeJson } from '../output.ts';
import { onlyOption, whole } from './options.ts';

export function driftCommand(): Command {
  return new Command('drift')
    .description(
      'How often npm run check-data calls out where nothing has changed, over all columns together: of 8 to a million rows\n' +
        'beside 50 to 100,000, of few and many columns, with ties, heavy tails, rare levels and missing values. The target\n' +
        'is 5 %. Then how often it finds what has changed, one column of 20, beside 1,000 rows.',
    )
    .addOption(onlyOption())
    .option('--repeat <n>', 'how many tables are drawn of a work, where they are small', whole, 1000)
    .option('--values <n>', 'so many values are drawn of a work at most, but ten tables', whole, 200_000_000)
    .option('--seed <n>', 'other tables', whole, 1)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExamples:\n  npm run bench -- drift                                    (minutes)' +
        '\n  npm run bench -- drift --only found --json found.json',
    )
    .action(run);
}

async function run({ json, ...options }: DriftOptions & { readonly json?: string }): Promise<void> {
  const [{ measureDrift }, { printRows }] = await Promise.all([import('../../bench/drift.ts'), import('./tables.ts')]);
  const rows = measureDrift(options);
  console.log(`\n${printRows(rows)}`);
  await writeJson(json, rows);
}

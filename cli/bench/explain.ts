import { Command } from 'commander';
import type { ExplainOptions } from '../../bench/explain.ts';
import { jsonOption, writeJson } from '../output.ts';
import { onlyOption, pythonOption, whole } from './options.ts';

export function explainCommand(): Command {
  return new Command('explain')
    .description(
      'Time to explain predictions by the contributions of columns, beside XGBoost’s pred_contribs: of 10,000 rows with two\n' +
        'threads each, and of one record. Ours and theirs take turns on the same data; the best time of each counts.',
    )
    .addOption(pythonOption())
    .option('--no-python', 'ours alone')
    .addOption(onlyOption())
    .option('--rows <n>', 'that the models learn from', whole, 10_000)
    .option('--repeat <n>', 'how often each side is measured', whole, 5)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExamples:\n  npm run bench -- explain                              (minutes)' +
        '\n  npm run bench -- explain --only record --no-python --json explain.json',
    )
    .action(run);
}

async function run({ json, ...options }: ExplainOptions & { readonly json?: string }): Promise<void> {
  const [{ measureExplanations }, { printRows }] = await Promise.all([
    import('../../bench/explain.ts'),
    import('./tables.ts'),
  ]);
  const rows = await measureExplanations(options);
  console.log(`\n${printRows(rows)}`);
  await writeJson(json, rows);
}

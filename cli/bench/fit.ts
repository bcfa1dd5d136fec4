import { Command, Option } from 'commander';
import type { FitOptions } from '../../bench/fit.ts';
import { jsonOption, writeJson } from '../output.ts';
import { onlyOption, pythonOption, whole } from './options.ts';

export function fitCommand(): Command {
  return new Command('fit')
    .description(
      'Time to learn, time to predict and memory, beside scikit-learn, xgboost, catboost and ml-random-forest.\n' +
        'Ours and theirs take turns, with 2 threads at most; the best time of each counts.',
    )
    .addOption(pythonOption())
    .option('--no-python', 'ours alone')
    .addOption(onlyOption())
    .addOption(new Option('--task <task>', 'what is learned: numbers or classes').choices(['regression', 'classes']))
    .option('--before <folder>', 'a checkout of an earlier Plumbline, which takes the place of the peers')
    .option('--rows <n>', 'of the largest data; the others have a tenth and a hundredth of them', whole, 1_000_000)
    .option('--repeat <n>', 'how often each side is measured', whole, 5)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  npm run bench -- fit                                  (about five minutes)
  npm run bench -- fit --only students --json fit.json
  npm run bench -- fit --task classes
  npm run bench -- fit --only xgboost --rows 100000 --repeat 3
  npm run bench -- fit --python ~/venv/bin/python
  git worktree add ../before HEAD~1 && (cd ../before && npm ci) && npm run bench -- fit --before ../before`,
    )
    .action(run);
}

async function run({ json, ...options }: FitOptions & { readonly json?: string }): Promise<void> {
  const [{ measureFits }, { printRows }] = await Promise.all([import('../../bench/fit.ts'), import('./tables.ts')]);
  const rows = await measureFits(options);
  console.log(`\n${printRows(rows)}`);
  await writeJson(json, rows);
}

import { Command } from 'commander';
import { datasetFolder } from '../../ml/data/dataset-setting.ts';
import { readHoldoutRows } from '../holdout-rows.ts';
import { datasetOption, jsonOption, writeJson } from '../output.ts';
import { pythonOption, whole } from './options.ts';

interface Options {
  readonly dataset?: string;
  readonly data?: string;
  readonly holdoutRows?: string;
  readonly python?: string | false;
  readonly repeat: number;
  readonly json?: string;
}

export function tuneCommand(): Command {
  return new Command('tune')
    .description(
      "The scenario's grid by train --preset scenario, beside a Python pipeline of scikit-learn, xgboost and catboost that\n" +
        'searches it with all cores (GridSearchCV). Whole processes, in turns; both have the same rows and the same folds.\n' +
        'The quickest of each side counts.',
    )
    .addOption(datasetOption())
    .option('--data <csv>', "another CSV of the same declaration, in place of the data set's own")
    .option('--holdout-rows <json>', 'the rows to hold out, as train has them')
    .addOption(pythonOption())
    .option('--no-python', 'ours alone')
    .option('--repeat <n>', 'how often each side is measured', whole, 3)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExamples:\n  npm run bench -- tune\n  npm run bench -- tune --repeat 1 --json tune.json' +
        '\n  npm run bench -- tune --data ~/Downloads/students.csv --holdout-rows split.json',
    )
    .action(run);
}

async function run({ dataset, holdoutRows: file, json, ...options }: Options): Promise<void> {
  const [{ measureTuning }, { printTuned }] = await Promise.all([import('../../bench/tune.ts'), import('./tables.ts')]);
  const tuned = await measureTuning({
    ...options,
    dataset: datasetFolder(dataset),
    holdout: file === undefined ? undefined : { file, rows: await readHoldoutRows(file) },
  });
  console.log(`\n${printTuned(tuned)}`);
  await writeJson(json, tuned.rows);
}

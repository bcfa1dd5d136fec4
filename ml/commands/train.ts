import { Command, InvalidArgumentError } from 'commander';
import { readJsonFile } from '../data/json-file.ts';
import { datasetFolder } from '../dataset-setting.ts';
import { DataError } from '../errors.ts';
import type { Evaluated } from '../manifest.ts';
import type { GivenParams } from '../regressors/params.ts';
import { hasRelease } from '../release.ts';
import type { Progress, TrainResult } from '../train.ts';
import {
  artifactsFolder,
  artifactsOption,
  datasetOption,
  jsonOption,
  named,
  type Place,
  textTable,
  writeJson,
} from './output.ts';
import { withCheckedArguments } from './train-arguments.ts';

interface Options extends Place {
  readonly data?: string;
  readonly holdoutRows?: string;
  readonly models?: string[];
  readonly params?: string;
  readonly seed: number;
  readonly threshold: number;
  readonly ifMissing?: true;
  readonly ifChanged?: true;
  readonly json?: string;
}

export function trainCommand(): Command {
  return withCheckedArguments(new Command('train'))
    .description('Train on a CSV, choose a model by cross-validation, and release it if it is good enough.')
    .addOption(datasetOption())
    .option('--data <csv>', "another CSV of the same declaration, in place of the data set's own")
    .option(
      '--holdout-rows <json>',
      'the rows to hold out: an array of row numbers from 0, or an object with one under "test"',
    )
    .option('--models <names>', 'regressors to try, separated by commas (default: all)', (names) =>
      names.split(',').map((name) => name.trim()),
    )
    .option('--params <json>', 'a file of parameters to fix, by model and name: {"knn": {"n_neighbors": 9}}')
    .option('--seed <n>', 'of the split and all else that is random', number, 42)
    .option('--threshold <r2>', 'the least holdout R² that is released', number, 0.6)
    .addOption(artifactsOption())
    .option('--if-missing', 'do nothing if there is a release already')
    .option('--if-changed', 'keep the release in use where data, options and code are the same as when it was trained')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  npm run train
  npm run train -- --data ~/Downloads/StudentsPerformance.csv
  npm run train -- --models linear,knn --seed 7 --json training.json
  npm run train -- --params params.json         (npm run models shows what there is to set)
  npm run train -- --holdout-rows split.json --threshold 0.8`,
    )
    .action(run);
}

async function run({ ifMissing, json, holdoutRows, params: file, ...options }: Options): Promise<void> {
  if (ifMissing && (await hasRelease(artifactsFolder(options)))) return;
  const rows = holdoutRows === undefined ? undefined : await readHoldoutRows(holdoutRows);
  const params = file === undefined ? undefined : await readParams(file);
  // Loaded only now, so that --if-missing costs a start next to nothing.
  const { train } = await import('../train.ts');
  const result = await train({
    ...options,
    dataset: datasetFolder(options.dataset),
    artifacts: named(options.artifacts),
    params,
    holdoutRows: rows,
    onProgress,
  });
  console.log(summary(result));
  await writeJson(json, result);
  if (result.release === null) process.exitCode = 1;
}

function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) throw new InvalidArgumentError('It must be a number.');
  return value;
}

/** @throws DataError unless the file is an array of numbers, or an object with one under `test`. */
async function readHoldoutRows(path: string): Promise<number[]> {
  const json = await readJsonFile(path);
  const rows = Array.isArray(json) ? json : (json as { test?: unknown } | null)?.test;
  if (!Array.isArray(rows) || !rows.every((row) => typeof row === 'number')) {
    throw new DataError(`${path} must be an array of row numbers, or an object with such an array under "test"`);
  }
  return rows;
}

/** @throws DataError unless the file is an object of objects; what they hold is checked when training begins. */
async function readParams(path: string): Promise<GivenParams> {
  const json = await readJsonFile(path);
  const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isObject(json) || !Object.values(json as object).every(isObject)) {
    throw new DataError(
      `${path} must be an object of models, each an object of parameters: {"knn": {"n_neighbors": 9}}`,
    );
  }
  return json as GivenParams;
}

function onProgress(progress: Progress): void {
  if (progress.stage === 'ingested') {
    const { declaration, train, test, dropped, ignored } = progress;
    console.error(`${declaration.title}: ${train} rows to learn ${declaration.target} from, ${test} held out`);
    if (dropped > 0) console.error(`${dropped} rows dropped: their ${declaration.target} is empty`);
    if (ignored.length > 0) console.error(`Columns that the declaration does not name, ignored: ${ignored.join(', ')}`);
  } else if (progress.stage === 'unchanged') {
    console.error(`Neither data, options nor code have changed since release ${progress.release} was trained`);
  } else {
    const { entry, seconds } = progress;
    console.error(`  cross-validated ${entry.model} in ${seconds.toFixed(1)} s: R² ${entry.cv.r2.toFixed(3)}`);
  }
}

function summary({ release, path, chosen, holdout, threshold, baseline, leaderboard }: TrainResult): string {
  const row = ({ model, cv }: Evaluated) => [
    model,
    `${cv.r2.toFixed(4)} ± ${cv.r2_sd.toFixed(4)}`,
    cv.rmse.toFixed(3),
    cv.mae.toFixed(3),
  ];
  const header = ['model', 'R² (5 folds)', 'RMSE', 'MAE'];
  const verdict =
    release !== null
      ? `Released ${release} in ${path}`
      : holdout.r2 < threshold
        ? `Nothing is released: the holdout R² ${holdout.r2.toFixed(4)} is below the threshold ${threshold}`
        : `Nothing is released: ${chosen} does no better than predicting the mean (R² ${baseline.cv.r2.toFixed(4)})`;
  return [
    '',
    textTable(header, leaderboard.map(row), header.slice(1)),
    '',
    `Chosen: ${chosen}. On the held-out rows: R² ${holdout.r2.toFixed(4)}, RMSE ${holdout.rmse.toFixed(3)}, MAE ${holdout.mae.toFixed(3)}`,
    verdict,
  ].join('\n');
}

import { isDeepStrictEqual } from 'node:util';
import { Command, InvalidArgumentError, Option } from 'commander';
import { DataError, ParamError, ReleaseError } from '../ml/core/errors.ts';
import { shellWord } from '../ml/core/shell-word.ts';
import { datasetFolder } from '../ml/data/dataset-setting.ts';
import { readJsonFile } from '../ml/data/json-file.ts';
import type { GivenParams } from '../ml/estimators/params.ts';
import { askedOf } from '../ml/selection/asked.ts';
import type { Remedy } from '../ml/selection/gate.ts';
import { type Preference, preferences } from '../ml/selection/preferences.ts';
import { presetNames } from '../ml/selection/search/presets.ts';
import { type StrategyName, strategies } from '../ml/selection/search/strategies.ts';
import { readHoldoutRows } from './holdout-rows.ts';
import {
  artifactsFolder,
  artifactsOption,
  datasetOption,
  jsonOption,
  named,
  type Place,
  printerBeside,
  writeJson,
} from './output.ts';
import { checkPlace, type SparkOptions, withSparkOptions } from './spark-options.ts';
import { withCheckedArguments } from './train-arguments.ts';

/** What a shell says of a process that Ctrl-C ended. */
const INTERRUPTED = 130;

interface Options extends SparkOptions {
  readonly data?: string;
  readonly holdoutRows?: string;
  readonly models?: string[];
  readonly params?: string;
  readonly tune: boolean;
  readonly strategy?: StrategyName;
  readonly preset?: string;
  readonly trials?: number;
  readonly folds?: number;
  readonly budget?: number;
  readonly prefer?: Preference;
  readonly resume?: true;
  readonly like?: string;
  readonly ifMissing?: true;
  readonly ifChanged?: true;
}

export function trainCommand(): Command {
  const command = withCheckedArguments(new Command('train'))
    .description('Train on a CSV, choose a model by cross-validation, and release it if it is good enough.')
    .addOption(datasetOption())
    .option('--data <csv>', "another CSV of the same declaration, in place of the data set's own")
    .option(
      '--holdout-rows <json>',
      'the rows to hold out: an array of row numbers from 0, or an object with one under "test"',
    )
    .option('--models <names>', 'estimators to try, separated by commas (default: all)', (names) =>
      names.split(',').map((name) => name.trim()),
    )
    .option('--params <json>', 'a file of parameters to fix, by model and name: {"knn": {"n_neighbors": 9}}')
    .option('--no-tune', 'try each model once, at its defaults')
    .addOption(new Option('--strategy <name>', 'how parameters are searched (default: auto)').choices([...strategies]))
    .addOption(new Option('--preset <name>', 'a grid that is known by name, in place of a search').choices(presetNames))
    .option(
      '--trials <n>',
      'how many candidates random draws of each model, and halving begins with (default: 20)',
      number,
    )
    .option(
      '--folds <n>',
      'parts of the training rows in cross-validation (default: 5, or what the preset says)',
      number,
    )
    .option(
      '--budget <time>',
      'what the training may take, as 60s, 10m or 2h: it makes do with what it has found',
      duration,
    )
    .addOption(
      new Option('--prefer <what>', 'between models that are about as good (default: accurate)').choices([
        ...preferences,
      ]),
    )
    .option('--resume', 'take up an interrupted search of the same data, options and code')
    .option(
      '--workers <n>',
      'fits at a time; the result is the same for any number (default: as many as cores)',
      number,
    )
    .option('--seed <n>', 'of the split and all else that is random', number, 42)
    .option(
      '--metric <name>',
      'by which models are compared: r2, rmse, mae; of classes log_loss, skill, brier, accuracy, balanced_accuracy, f1, roc_auc, average_precision (default: plumbline.metric of package.json, else r2 or log_loss)',
    )
    .option(
      '--gate <metric>',
      'what must reach the threshold on the held-out rows: one of the same (default: plumbline.gate of package.json, else r2 or skill)',
    )
    .option(
      '--threshold <x>',
      'what is asked of the gate (default: plumbline.threshold of package.json, else an R² of 0.6, a skill of 0.05)',
      number,
    )
    .option(
      '--tolerance <x>',
      'how much worse than the release in use it may be, by the gate on the same held-out rows (default: plumbline.tolerance of package.json, else 0.01)',
      number,
    )
    .option('--force', 'release what only the threshold or the release in use would hold back; the manifest says so')
    .addOption(artifactsOption())
    .option(
      '--like <release>',
      'train the release in this folder again, from its own data and trials, and say whether every byte is the same',
    )
    .option('--if-missing', 'do nothing if there is a release already that can be used')
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
  npm run train -- --holdout-rows split.json --threshold 0.8
  npm run train -- --metric mae --gate mae --threshold 5
  npm run train -- --tolerance 0                (not worse at all than the release in use)
  npm run train -- --budget 10m                 (Ctrl-C ends it sooner, with what was found)
  npm run train -- --strategy random --trials 50 --models catboost,xgboost
  npm run train -- --resume                     (what was interrupted)
  npm run train -- --no-tune                    (in seconds)
  npm run train -- --like artifacts/student-performance/current
  npm run train -- --on spark --master spark://10.0.0.5:7077 --input s3://cars/rows/   (docs/guide/cluster.md)
  npm run train -- --on spark --input rows.parquet     (in AWS: docs/operate/training.md)`,
    )
    .action(run);
  return withSparkOptions(command, number);
}

async function run(
  { ifMissing, json, holdoutRows, params: file, tune, strategy, budget, like, ...options }: Options,
  command: Command,
): Promise<void> {
  checkPlace(command);
  if (options.on === 'spark') {
    const { trainOnSpark } = await import('./train-on-spark.ts');
    return trainOnSpark(
      { ...options, ...(json !== undefined && { json }) },
      file === undefined ? undefined : await readParams(file),
    );
  }
  if (like !== undefined) return repeat(like, options.workers, json);
  if (ifMissing && (await isInUse(options))) return;
  if (!tune && (strategy ?? options.preset) !== undefined)
    throw new ParamError('--no-tune tries each model once: leave it, or --strategy and --preset, out');
  const dataset = datasetFolder(options.dataset);
  const rows = holdoutRows === undefined ? undefined : await readHoldoutRows(holdoutRows);
  const params = file === undefined ? undefined : await readParams(file);
  // They load their code while this one loads its own, and reads the data.
  const isSearched = tune || options.preset !== undefined;
  const threads = isSearched
    ? (await import('../ml/selection/fit-threads.ts')).startFitThreads(options.workers)
    : undefined;
  // Loaded only now, so that --help costs next to nothing.
  const [{ train }, { trainingSummary }, { TrainingProgress }] = await Promise.all([
    import('../ml/pipeline/train.ts'),
    import('./training-summary.ts'),
    import('./training-progress.ts'),
  ]);
  const progress = new TrainingProgress();
  const result = await train({
    ...options,
    ...askedOf(options),
    // One that is there and cannot be used is not to keep out what can.
    champion: ifMissing ? 'ignored' : 'compared',
    dataset,
    artifacts: named(options.artifacts),
    params,
    budgetSeconds: budget,
    stop: stopOnInterrupt(progress),
    search: tune && options.preset === undefined ? (strategy ?? 'auto') : undefined,
    holdoutRows: rows,
    threads,
    onProgress: progress.tell,
  }).finally(() => progress.end());
  const print = await printerBeside(json);
  print(trainingSummary(result, progress.times, (remedy) => commandWith(command, dataset, remedy)));
  const { times } = progress;
  await writeJson(json, times ? { ...result, times } : result);
  if (!result.verdict.released) process.exitCode = 1;
}

/** Trains a release again, and says whether it came to the same. */
async function repeat(release: string, workers: number | undefined, json: string | undefined): Promise<void> {
  const [{ repeatRelease }, { TrainingProgress }] = await Promise.all([
    import('../ml/pipeline/repeat.ts'),
    import('./training-progress.ts'),
  ]);
  const progress = new TrainingProgress();
  const result = await repeatRelease({ release, workers, onProgress: progress.tell }).finally(() => progress.end());
  const print = await printerBeside(json);
  print(
    result.isSame
      ? `The same, bit for bit: ${result.release}`
      : `Not the same as ${result.release}: ${result.differences.join(', ')} differ`,
  );
  await writeJson(json, result);
  if (!result.isSame) process.exitCode = 1;
}

/**
 * Whether there is a release that predicts, of the data set as it is declared now; one whose folder is named is taken as
 * it is. Where there is one that is not, it says why.
 *
 * @throws ReleaseError where training again would not mend that
 */
async function isInUse(place: Place): Promise<boolean> {
  const artifacts = artifactsFolder(place);
  const { hasRelease } = await import('../ml/release/read.ts');
  if (!(await hasRelease(artifacts))) return false;
  const [{ loadPredictor }, { readDeclaration }] = await Promise.all([
    import('../ml/pipeline/predict.ts'),
    import('../ml/data/declaration.ts'),
  ]);
  try {
    const { manifest } = await loadPredictor(artifacts);
    if (named(place.artifacts) !== undefined) return true;
    const dataset = datasetFolder(place.dataset);
    if (isDeepStrictEqual(manifest.dataset, await readDeclaration(dataset))) return true;
    console.error(`${dataset} is declared otherwise than when the release in use was trained, so a new one is trained`);
    return false;
  } catch (error) {
    if (!(error instanceof ReleaseError && error.trainingMends)) throw error;
    console.error(`The release in use cannot be used, so a new one is trained: ${error.message}`);
    return false;
  }
}

/** The command that trains the same and lets it pass, whatever the environment. */
function commandWith(command: Command, dataset: string, remedy: Remedy): string {
  const asked = remedy === 'force' ? 'force' : 'threshold';
  const left = ['dataset', asked, 'json', 'resume', 'ifMissing', 'ifChanged'];
  const given = command.options.flatMap((option) => {
    const name = option.attributeName();
    const value = String(command.getOptionValue(name) ?? '').trim();
    const isGiven = ['cli', 'env'].includes(command.getOptionValueSource(name) ?? '') && value !== '';
    if (!isGiven || left.includes(name)) return [];
    return option.isBoolean() || option.negate ? [option.long as string] : [option.long as string, shellWord(value)];
  });
  const more = remedy === 'force' ? ['--force'] : ['--threshold', remedy.threshold];
  return ['npm run train --', '--dataset', shellWord(dataset), ...given, ...more].join(' ');
}

/** Aborted by the first Ctrl-C; the second one quits. */
function stopOnInterrupt(progress: { note(text: string): void }): AbortSignal {
  const controller = new AbortController();
  process.on('SIGINT', () => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    progress.note('Stopping: what was found so far is used. Ctrl-C again quits at once.');
    controller.abort();
  });
  return controller.signal;
}

/** @returns seconds */
function duration(text: string): number {
  const [, amount, unit = 's'] = /^(\d+(?:\.\d+)?)\s*(s|m|min|h)?$/.exec(text.trim()) ?? [];
  if (amount === undefined) throw new InvalidArgumentError('It must be a time: 60s, 10m or 2h.');
  return Number(amount) * ({ s: 1, m: 60, min: 60, h: 3600 }[unit] as number);
}

function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) throw new InvalidArgumentError('It must be a number.');
  return value;
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

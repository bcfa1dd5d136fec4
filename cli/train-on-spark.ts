// `npm run train -- --on spark`: the rows stay on the cluster, and what comes back becomes a release here.

import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { emrServerless } from '../infra/commands/emr/emr-serverless.ts';
import { localSpark } from '../infra/commands/spark/local-spark.ts';
import { JobRefused, type SparkCluster } from '../infra/commands/spark/spark-cluster.ts';
import type { SparkSettings } from '../infra/commands/spark/spark-job.ts';
import { DataError, ParamError } from '../ml/core/errors.ts';
import { shellWord } from '../ml/core/shell-word.ts';
import { datasetFolder } from '../ml/data/dataset-setting.ts';
import { readDeclaration } from '../ml/data/declaration.ts';
import { taskKindOf } from '../ml/data/task-kind.ts';
import { checkGivenParams } from '../ml/estimators/index.ts';
import type { GivenParams } from '../ml/estimators/params.ts';
import { hasResults } from '../ml/pipeline/cluster/job-results.ts';
import { type ClusterResult, releaseJob } from '../ml/pipeline/cluster/release-job.ts';
import { askedOf } from '../ml/selection/asked.ts';
import type { Remedy } from '../ml/selection/gate.ts';
import { named, printerBeside, writeJson } from './output.ts';
import { ROUNDS, type SparkOptions, STACK, WORKERS_IN_AWS } from './spark-options.ts';
import { StatusLine } from './status-line.ts';
import { TrainingProgress } from './training-progress.ts';
import { trainingSummary } from './training-summary.ts';

/** What a shell says of a process that Ctrl-C ended. */
const INTERRUPTED = 130;
const defaults = { learning_rate: 0.1, max_depth: 6 } as const;

/** Those of our estimator xgboost that its estimator for Spark takes alike; it knows columns and rounds by other means. */
const params = [
  ...[
    'learning_rate',
    'max_depth',
    'max_leaves',
    'grow_policy',
    'min_child_weight',
    'gamma',
    'reg_alpha',
    'reg_lambda',
  ],
  ...['max_delta_step', 'subsample', 'colsample_bytree', 'colsample_bylevel', 'colsample_bynode', 'max_bin'],
  'scale_pos_weight',
];

/** Trains on a cluster, or takes what an earlier job wrote there, and makes a release. */
export async function trainOnSpark(options: SparkOptions, given: GivenParams | undefined): Promise<void> {
  const dataset = datasetFolder(options.dataset);
  const declaration = await readDeclaration(dataset);
  checkGivenParams(given ?? {}, taskKindOf(declaration));
  const settings = settingsOf(options, given);
  const abort = new AbortController();
  process.once('SIGINT', () => abort.abort(new Error('interrupted')));
  const results = options.results ?? (await mkdtemp(join(tmpdir(), 'plumbline-spark-')));
  let isKept = options.results !== undefined;
  try {
    if (!(await hasResults(results))) {
      await mkdir(results, { recursive: true });
      const file = options.input ?? join(dataset, declaration.file);
      // A job run that was left knows its own.
      const input = options.run === undefined ? await inputOf(file) : file;
      const job = { declaration: resolve(dataset, 'dataset.json'), input, settings };
      await runJob(clusterOf(options), job, results, abort.signal);
      // From here on an hour of a cluster is not thrown away.
      isKept = true;
    }
    const result = await release(results, dataset, options, abort.signal);
    isKept = options.results !== undefined || result.release === null;
    const print = await printerBeside(options.json);
    print(trainingSummary(result, undefined, (remedy) => againWith(remedy, results, dataset)));
    print(onTheCluster(result));
    await writeJson(options.json, result);
    if (!result.verdict.released) process.exitCode = 1;
  } catch (error) {
    if (!abort.signal.aborted) {
      if (isKept && options.results === undefined) console.error(`What the cluster wrote is kept in ${results}`);
      throw error;
    }
    console.error('Interrupted: the job was ended, and nothing is released.');
    process.exitCode = INTERRUPTED;
    isKept = options.results !== undefined;
  } finally {
    if (!isKept) await rm(results, { recursive: true, force: true });
  }
}

function clusterOf({ master, sparkConf = [], stack = STACK, region, run }: SparkOptions): SparkCluster {
  if (master !== undefined) return localSpark(master, { conf: sparkConf });
  return emrServerless({ stack, run, conf: sparkConf, ...(region === undefined ? {} : { region }) });
}

async function runJob(
  cluster: SparkCluster,
  job: Parameters<SparkCluster['run']>[0],
  results: string,
  signal: AbortSignal,
): Promise<void> {
  const line = new StatusLine(process.stderr);
  line.print(`Training on ${cluster.title}: ${job.input}`);
  let last = '';
  const onProgress = (text: string) => {
    // Of a stage its first line stays, and how many of its tasks are done is written over.
    const [stage = ''] = text.split(/: \d+ of \d+ tasks$/);
    if (stage === last) line.show(`  ${text}`);
    else line.print(`  ${text}`);
    last = stage;
  };
  try {
    await cluster.run(job, results, { onProgress, signal });
  } catch (error) {
    if (!(error instanceof JobRefused)) throw error;
    const issues = error.message.split('\n').map((message) => ({ path: '', message }));
    throw new DataError(`${job.input} cannot be learned from; nothing was trained`, { issues, cause: error });
  } finally {
    line.clear();
  }
}

async function release(
  results: string,
  dataset: string,
  options: SparkOptions,
  signal: AbortSignal,
): Promise<ClusterResult> {
  const progress = new TrainingProgress();
  const { artifacts, force } = options;
  return releaseJob(results, {
    ...askedOf(options),
    force,
    dataset,
    artifacts: named(artifacts),
    signal,
    onProgress: progress.tell,
  }).finally(() => progress.end());
}

/** @throws ParamError where a parameter is none that XGBoost's estimator for Spark takes */
function settingsOf(options: SparkOptions, given: GivenParams = {}): SparkSettings {
  const { seed, workers = options.master === undefined ? WORKERS_IN_AWS : 2, rounds = ROUNDS } = options;
  const other = Object.keys(given).find((model) => model !== 'xgboost');
  if (other !== undefined) throw new ParamError(`a cluster trains xgboost alone: leave the parameters of ${other} out`);
  const own = given.xgboost ?? {};
  const unknown = Object.keys(own).find((name) => !params.includes(name));
  if (unknown !== undefined)
    throw new ParamError(`xgboost takes no ${unknown} on a cluster; it takes: ${params.join(', ')}`);
  checkWhole('--rounds', rounds, 100_000);
  checkWhole('--workers', workers, 10_000);
  return { seed, workers, rounds, params: { ...defaults, ...(own as SparkSettings['params']) } };
}

function checkWhole(flag: string, value: number, most: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= most) return;
  throw new ParamError(`${flag} is ${value}; it must be a whole number from 1 to ${most}`);
}

/** A URL as it is, a path from the root on. @throws DataError where there is no such file */
async function inputOf(input: string): Promise<string> {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(input)) return input;
  const path = resolve(input);
  if (await stat(path).catch(() => undefined)) return path;
  throw new DataError(`there is no ${path}: --input names a file or a folder, or a URL as s3://BUCKET/rows/`);
}

/** The command that makes a release of the same results and lets it pass. */
function againWith(remedy: Remedy, results: string, dataset: string): string {
  const more = remedy === 'force' ? ['--force'] : ['--threshold', remedy.threshold];
  return ['npm run train -- --on spark --dataset', shellWord(dataset), '--results', shellWord(results), ...more].join(
    ' ',
  );
}

function onTheCluster({ cluster: { rows, holdout, versions } }: ClusterResult): string {
  const scores = Object.entries(holdout).map(([name, value]) => `${name} ${value.toFixed(4)}`);
  const trained = `Trained by XGBoost ${versions.xgboost} on Spark ${versions.spark}, on ${rows.learn} rows; ${rows.stop} more said when to stop.`;
  return `${trained} On all ${rows.hold} rows that were held out there: ${scores.join(', ')}`;
}

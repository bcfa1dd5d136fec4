import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type Ingested, ingest } from './data/ingest.ts';
import { rangeOf } from './data/range.ts';
import { type Split, splitByRows, splitBySeed } from './data/split.ts';
import { columnOf, type Table, tableLines, takeRows } from './data/table.ts';
import { type Declaration, readDeclaration } from './dataset.ts';
import { DataError, ParamError } from './errors.ts';
import { fitPreprocessor, transform } from './features/preprocess.ts';
import { type Evaluated, type Manifest, RELEASE_FORMAT } from './manifest.ts';
import { type Scores, score } from './metrics.ts';
import { type Model, modelFiles, predictTable } from './model.ts';
import { BASELINE, checkGivenParams, lineUp, regressorNamed } from './regressors/index.ts';
import { type GivenParams, resolveParams } from './regressors/params.ts';
import { type Content, type Release, writeRelease } from './release.ts';
import { makeReleasesFolder, releasesFolder } from './releases-folder.ts';
import { crossValidate, type Folds, makeFolds } from './tuning/cross-validation.ts';
import { findUnchanged } from './unchanged.ts';
import { gitCommit, versions } from './versions.ts';

const FOLDS = 5;
const MIN_TRAIN_ROWS = 2 * FOLDS;
const MIN_TEST_ROWS = 2;

/** What to train on and how. */
export interface TrainOptions {
  /** The folder that holds dataset.json. */
  readonly dataset: string;
  /** Another CSV of the same declaration. @default the declaration's own file */
  readonly data?: string | undefined;
  /** Rows of the file to hold out, from 0, the header not counted. @default a fifth, by the seed */
  readonly holdoutRows?: readonly number[] | undefined;
  /** Names of regressors to try. @default all but those that are only tried by name */
  readonly models?: readonly string[] | undefined;
  /** Parameters fixed by regressor and name; the others keep their defaults. @default none */
  readonly params?: GivenParams | undefined;
  /** A whole number. @default 42 */
  readonly seed?: number | undefined;
  /** The least holdout R² that is released. @default 0.6 */
  readonly threshold?: number | undefined;
  /** The folder of releases. @default that of the data set, artifacts/<name of its folder> */
  readonly artifacts?: string | undefined;
  /** Keep the release in use where the same training, of the same code, made it. @default false */
  readonly ifChanged?: boolean | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** What training tells of while it works. */
export type Progress =
  | {
      readonly stage: 'ingested';
      readonly declaration: Declaration;
      readonly train: number;
      readonly test: number;
      readonly dropped: number;
      readonly ignored: readonly string[];
    }
  | { readonly stage: 'evaluated'; readonly entry: Evaluated; readonly seconds: number }
  | { readonly stage: 'unchanged'; readonly release: string };

/** What came of a training; `release` and `path` are null where the gate held it back. */
export interface TrainResult {
  /** The data set by the name in its declaration, and the column that is predicted. */
  readonly dataset: string;
  readonly target: string;
  readonly release: string | null;
  readonly path: string | null;
  readonly chosen: string;
  readonly holdout: Scores;
  readonly threshold: number;
  /** What predicting the mean scores; `chosen` did better, or nothing is released. */
  readonly baseline: Evaluated;
  /** Every model that was tried, best first. */
  readonly leaderboard: readonly Evaluated[];
}

/**
 * From a CSV to a release: ingest, split, choose by cross-validation on the training rows, refit,
 * look at the holdout once, and release if the gate lets it.
 *
 * @throws DataError if the data or the declaration is wrong. @throws ParamError if an option is.
 */
export async function train(options: TrainOptions): Promise<TrainResult> {
  const {
    dataset,
    holdoutRows,
    models = lineUp,
    params = {},
    seed = 42,
    threshold = 0.6,
    artifacts = releasesFolder(dataset),
    ifChanged = false,
    onProgress,
  } = options;
  checkOptions(models, seed, threshold);
  checkGivenParams(params);
  const declaration = await readDeclaration(dataset);
  const data = await ingest(options.data ?? join(dataset, declaration.file), declaration);
  const split = holdoutRows ? splitByRows(data, holdoutRows) : splitBySeed(data.table.rows, seed);
  checkSizes(split);
  const trainTable = takeRows(data.table, split.train);
  const testTable = takeRows(data.table, split.test);
  onProgress?.({
    stage: 'ingested',
    declaration,
    train: trainTable.rows,
    test: testTable.rows,
    dropped: data.dropped,
    ignored: data.ignored,
  });

  if (ifChanged && !holdoutRows) {
    const release = await findUnchanged(artifacts, { declaration, table: data.table, models, params, seed, threshold });
    if (release) {
      onProgress?.({ stage: 'unchanged', release: release.id });
      return resultOf(release, artifacts);
    }
  }

  const folds = makeFolds(declaration, trainTable, FOLDS, seed);
  const baseline = evaluate(BASELINE, params, folds, seed);
  const leaderboard = models
    .map((name) => {
      const start = performance.now();
      const entry = name === BASELINE ? baseline : evaluate(name, params, folds, seed);
      onProgress?.({ stage: 'evaluated', entry, seconds: (performance.now() - start) / 1000 });
      return entry;
    })
    .sort((a, b) => b.cv.r2 - a.cv.r2);
  const chosen = leaderboard[0] as Evaluated;

  const model = fitModel(declaration, chosen, trainTable, seed);
  const holdout = score(columnOf(testTable, declaration.target), predictTable(model, testTable));
  const { name, target } = declaration;
  const result = { dataset: name, target, chosen: chosen.model, holdout, threshold, baseline, leaderboard };
  if (holdout.r2 < threshold || !beatsBaseline(chosen, baseline, models))
    return { release: null, path: null, ...result };

  const contents: Record<string, Content> = {
    'data.csv': tableLines(declaration, data.table),
    'train.csv': tableLines(declaration, trainTable),
    'test.csv': tableLines(declaration, testTable),
    ...modelFiles(model),
  };
  if (options.artifacts === undefined) await makeReleasesFolder(dataset);
  const { id, path } = await writeRelease(
    artifacts,
    contents,
    (files): Manifest => ({
      format: RELEASE_FORMAT,
      versions: versions(),
      commit: gitCommit(),
      seed,
      threshold,
      dataset: declaration,
      data: {
        ...describeData(data, split, holdoutRows ? 'given' : 'seed', files),
        target: rangeOf(columnOf(trainTable, declaration.target)),
      },
      folds: FOLDS,
      chosen: { model: chosen.model, params: chosen.params },
      holdout,
      baseline,
      leaderboard,
      files,
    }),
  );
  return { release: id, path, ...result };
}

/** What a training came to, as its release tells it. */
function resultOf({ id, manifest }: Release, artifacts: string): TrainResult {
  const { dataset, chosen, holdout, threshold, baseline, leaderboard } = manifest;
  return {
    dataset: dataset.name,
    target: dataset.target,
    release: id,
    path: join(artifacts, id),
    chosen: chosen.model,
    holdout,
    threshold,
    baseline,
    leaderboard,
  };
}

function checkOptions(models: readonly string[], seed: number, threshold: number): void {
  if (models.length === 0) throw new ParamError('name at least one model');
  for (const name of models) regressorNamed(name);
  const twice = models.find((name, i) => models.indexOf(name) !== i);
  if (twice !== undefined) throw new ParamError(`the model ${twice} is named twice`);
  if (!Number.isInteger(seed) || Math.abs(seed) >= 2 ** 31)
    throw new ParamError(`the seed is ${seed}; it must be a whole number from -2147483647 to 2147483647`);
  if (!(threshold <= 1)) throw new ParamError(`the threshold is ${threshold}; R² is at most 1`);
}

function checkSizes({ train, test }: Split): void {
  if (train.length >= MIN_TRAIN_ROWS && test.length >= MIN_TEST_ROWS) return;
  throw new DataError(
    `${train.length} rows to learn from and ${test.length} to hold out are too few: at least ${MIN_TRAIN_ROWS} and ${MIN_TEST_ROWS} are needed`,
  );
}

function evaluate(model: string, given: GivenParams, folds: Folds, seed: number): Evaluated {
  const regressor = regressorNamed(model);
  const params = resolveParams(model, regressor.params, given[model]);
  return { model, cv: crossValidate(regressor, params, folds, { seed, threads: availableParallelism() }), params };
}

/** The baseline may be released only by somebody who asks for nothing else. */
function beatsBaseline(chosen: Evaluated, baseline: Evaluated, models: readonly string[]): boolean {
  return chosen.cv.r2 > baseline.cv.r2 || (models.length === 1 && models[0] === BASELINE);
}

function fitModel(declaration: Declaration, { model, params }: Evaluated, table: Table, seed: number): Model {
  const regressor = regressorNamed(model);
  const preprocessor = fitPreprocessor(declaration, table, regressor.encoding);
  const state = regressor.fit(transform(preprocessor, table), columnOf(table, declaration.target), params, seed, {
    threads: availableParallelism(),
  });
  return { regressor: model, params, preprocessor, state };
}

function describeData(
  data: Ingested,
  { train, test }: Split,
  split: 'seed' | 'given',
  files: Manifest['files'],
): Manifest['data'] {
  const sha256 = files['data.csv']?.sha256 as string;
  return { sha256, rows: data.table.rows, dropped: data.dropped, train: train.length, test: test.length, split };
}

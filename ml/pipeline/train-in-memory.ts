import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ParamError, ReleaseError } from '../core/errors.ts';
import type { Declaration } from '../data/declaration.ts';
import { inferDeclaration, type RowRoles } from '../data/inference/infer-declaration.ts';
import { readRelease } from '../release/read.ts';
import { releaseBytes, writeReleaseBytes } from '../release/release-bytes.ts';
import { loadedRelease, predictorOf } from './predict.ts';
import type { ClassPredictor, NumberPredictor, Predictor } from './predictor.ts';
import { train } from './train.ts';
import type { TrainOptions } from './train-options.ts';
import type { TrainResult } from './train-result.ts';

/** Options of `train` that are about a folder of releases: here there is none. */
type AboutReleases = 'dataset' | 'data' | 'artifacts' | 'resume' | 'ifChanged' | 'champion' | 'tolerance' | 'threads';

/** How to train; every option has a default. */
export type TrainInMemoryOptions = Omit<TrainOptions, AboutReleases>;

/** Rows to learn from, an object each, with a text, a number, true or false, or null for what is not known, by column. What columns are follows from the values. */
export interface RowsToLearn<Row extends object, Target extends keyof Row & string>
  extends RowRoles<keyof Row & string> {
  readonly rows: readonly Row[];
  readonly target: Target;
  readonly declaration?: undefined;
}

/** What columns are, in the words of dataset.json. Without rows, its own CSV is read, from the working directory. */
export interface DeclaredRows {
  readonly declaration: Declaration;
  readonly rows?: readonly object[] | undefined;
}

/** What predicts a target by the values that it has: numbers, or texts, which are classes. */
export type PredictorFor<Value> =
  NonNullable<Value> extends number ? NumberPredictor : NonNullable<Value> extends string ? ClassPredictor : Predictor;

/** A model in memory, and what came of its training. */
export interface TrainedModel<P extends Predictor = Predictor>
  extends Omit<TrainResult, 'release' | 'path' | 'champion'> {
  /** Null where the gate holds the model back; `verdict` says why, and the option `force` lifts its threshold. */
  readonly predictor: P | null;
  /**
   * Saves the model in a folder, which is made if need be, and puts it into use there: `loadPredictor` of that folder predicts as
   * `predictor` does, bit by bit. Models that were saved there before are kept beside it.
   *
   * @throws ReleaseError where there is no model to save, or the folder cannot be written
   */
  save(folder: string): Promise<void>;
}

/**
 * Trains as `train` does, on rows in memory or a CSV, and keeps the model in memory until it is saved. While it trains, it uses the
 * system's folder for temporary files.
 *
 * @throws DataError if the rows or the declaration are wrong. @throws ParamError if an option is.
 */
export async function trainInMemory<Row extends object, Target extends keyof Row & string>(
  options: RowsToLearn<Row, Target> & TrainInMemoryOptions,
): Promise<TrainedModel<PredictorFor<Row[Target]>>>;
export async function trainInMemory(options: DeclaredRows & TrainInMemoryOptions): Promise<TrainedModel>;
export async function trainInMemory(options: LooseRows & TrainInMemoryOptions): Promise<TrainedModel> {
  const artifacts = await mkdtemp(join(tmpdir(), 'plumbline-'));
  try {
    const dataset = declarationFor(options);
    const { release, path, champion, ...result } = await train({ ...options, dataset, data: options.rows, artifacts });
    if (release === null) return { ...result, predictor: null, save: () => refuseToSave(result) };
    const written = await readRelease(artifacts);
    const bytes = await releaseBytes(written);
    const predictor = predictorOf(await loadedRelease(written));
    return { ...result, predictor, save: (folder) => writeReleaseBytes(folder, bytes) };
  } finally {
    await rm(artifacts, { recursive: true, force: true });
  }
}

/** What both signatures have in common. */
interface LooseRows extends Partial<RowRoles> {
  readonly rows?: readonly object[] | undefined;
  readonly declaration?: Declaration | undefined;
}

function declarationFor({ rows, declaration, target, ...roles }: LooseRows): Declaration {
  if (declaration) return declaration;
  if (rows && target !== undefined) return inferDeclaration<object, string>(rows, { ...roles, target });
  throw new ParamError(
    'there are no rows with a target, and no declaration: give { rows, target }, or { declaration }',
  );
}

async function refuseToSave({ verdict }: Pick<TrainResult, 'verdict'>): Promise<never> {
  throw new ReleaseError(`there is no model to save: ${verdict.reason}`, { trainingMends: false });
}
